// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which serial endpoint of one env is blocked on which: a circle would never end (ORLEANS-5456). An
 * entry is put in before the search, so of two that close a circle at the same time at least one
 * finds it.
 */
final class WaitGraph {

  private final ConcurrentMap<Inbox, Supplier<@Nullable Inbox>> waits = new ConcurrentHashMap<>();

  /**
   * Puts a wait in.
   *
   * @param waiter who waits
   * @param target whose thread is waited for; none as soon as another thread is to answer
   * @param what what is waited for, for texts
   * @throws IllegalStateException if that closes a circle; the wait is not put in then
   */
  void enter(Inbox waiter, Supplier<@Nullable Inbox> target, String what) {
    if (!waiter.isSerial()) {
      return;
    }
    waits.put(waiter, target);
    StringBuilder path = new StringBuilder(waiter.name());
    Inbox next = target.get();
    // The bound only matters if others build circles of their own meanwhile.
    for (int i = 0; next != null && next.isSerial() && i < 64; i++) {
      path.append(" -> ").append(next.name());
      if (next == waiter) {
        waits.remove(waiter);
        throw new IllegalStateException(
            what + " would never end: serial endpoints wait for each other [" + path + "]");
      }
      Supplier<@Nullable Inbox> wait = waits.get(next);
      next = wait == null ? null : wait.get();
    }
  }

  void leave(Inbox waiter) {
    waits.remove(waiter);
  }
}
