// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/** Runs inboxes that have work. The only place where an inbox meets a thread. */
public interface InboxScheduler {

  /**
   * Runs an inbox, soon, once per call. Any thread; never blocks.
   *
   * @param inbox the inbox
   */
  void schedule(Inbox inbox);

  /**
   * Runs an inbox soon, but never within this call: the caller may hold a lock.
   *
   * @param inbox the inbox
   */
  default void scheduleLater(Inbox inbox) {
    schedule(inbox);
  }

  /**
   * Interrupts handlers that are running on its threads.
   *
   * @param owner whose; others may run there, too
   */
  default void interruptRunning(Dispatcher owner) {}

  /**
   * Warns of handlers that are still running there: nobody waits for them any more.
   *
   * @param owner whose; others may run there, too
   */
  default void abandonRunning(Dispatcher owner) {}

  /** Learns that an inbox has run its last. Any thread. */
  default void terminated() {}
}
