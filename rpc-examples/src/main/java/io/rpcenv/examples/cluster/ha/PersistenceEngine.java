// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import java.io.IOException;
import java.util.SortedMap;

/**
 * Keeps what a master must not forget, as small named entries. Used by one master's endpoint, one
 * call at a time.
 */
public interface PersistenceEngine extends AutoCloseable {

  /**
   * Begins a leadership. Nothing may be written before, and nothing more after another master has
   * begun one: then every write fails.
   *
   * @return its number, higher than that of every leadership before
   * @throws IOException if it cannot be kept
   */
  long beginEpoch() throws IOException;

  /**
   * Writes an entry, over one of that name.
   *
   * @param name letters, digits, {@code .}, {@code _}, {@code %} and {@code -}
   * @throws IOException if it is not kept for sure
   */
  void persist(String name, byte[] entry) throws IOException;

  /**
   * Deletes an entry, if there is one of that name.
   *
   * @throws IOException if it is not gone for sure
   */
  void unpersist(String name) throws IOException;

  /**
   * Returns all entries by name.
   *
   * @throws IOException if they cannot be read
   */
  SortedMap<String, byte[]> readAll() throws IOException;

  @Override
  void close() throws IOException;
}
