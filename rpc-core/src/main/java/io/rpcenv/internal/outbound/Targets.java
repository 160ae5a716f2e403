// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.transport.Target;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The endpoints of one peer, as one path knows them. Thread-safe. */
final class Targets {

  /** How many endpoint names keep their number; others are announced anew each time. */
  private static final int MAX = 4096;

  private final ConcurrentMap<String, Target> byName = new ConcurrentHashMap<>();

  void clear() {
    byName.clear();
  }

  /** Returns the target of a name: the same each time, as long as there are not very many. */
  Target get(String name) {
    Target known = byName.get(name);
    if (known != null) {
      return known;
    }
    Target made = new Target(name);
    return byName.size() >= MAX
        ? made
        : Objects.requireNonNullElse(byName.putIfAbsent(name, made), made);
  }
}
