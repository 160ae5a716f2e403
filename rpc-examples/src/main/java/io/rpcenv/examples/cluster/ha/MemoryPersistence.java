// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import java.util.SortedMap;
import java.util.TreeMap;

/** Forgets everything with its process. */
final class MemoryPersistence implements PersistenceEngine {

  private final SortedMap<String, byte[]> entries = new TreeMap<>();

  @Override
  public long beginEpoch() {
    return Epochs.after(0);
  }

  @Override
  public void persist(String name, byte[] entry) {
    entries.put(name, entry.clone());
  }

  @Override
  public void unpersist(String name) {
    entries.remove(name);
  }

  @Override
  public SortedMap<String, byte[]> readAll() {
    return new TreeMap<>(entries);
  }

  @Override
  public void close() {
    entries.clear();
  }
}
