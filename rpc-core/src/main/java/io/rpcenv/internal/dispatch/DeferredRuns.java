// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds back the runs of inboxes while several messages are posted in a row, so that each idle
 * inbox costs one wake-up and not one per message. Confined to the thread that posts, which ends
 * every row with {@link #flush()}.
 */
public final class DeferredRuns implements InboxScheduler {

  /** How many messages wait at most for those behind them in the row. */
  private static final int MAX = 32;

  private final Deque<Inbox> inboxes = new ArrayDeque<>();
  private int posted;

  /** Makes an empty one. */
  public DeferredRuns() {}

  @Override
  public void schedule(Inbox inbox) {
    inboxes.add(inbox);
  }

  /** Says that a message was posted; its run is no longer held back if there are many. */
  public void posted() {
    if (++posted >= MAX) {
      flush();
    }
  }

  /** Has everything run that was held back. */
  public void flush() {
    posted = 0;
    for (Inbox inbox = inboxes.poll(); inbox != null; inbox = inboxes.poll()) {
      inbox.scheduler().schedule(inbox);
    }
  }
}
