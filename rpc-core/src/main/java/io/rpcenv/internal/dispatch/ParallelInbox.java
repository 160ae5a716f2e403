// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An inbox that up to n threads run at once, except for life-cycle messages, which run alone: the
 * thread that takes one sets it aside until those before it are done.
 */
final class ParallelInbox extends Inbox {

  private final int parallelism;
  private final Object lock = new Object();
  private final LongAdder handled = new LongAdder();
  private final LongAdder failed = new LongAdder();

  // Guarded by lock, as is the consumer's side of the queue.
  private int runners;
  private int busy;
  private boolean launched;
  private boolean alone;
  private @Nullable InboxMessage setAside;

  ParallelInbox(
      Dispatcher dispatcher,
      RpcEndpoint endpoint,
      RpcEndpointRef self,
      InboxScheduler scheduler,
      int capacity,
      int parallelism) {
    super(dispatcher, endpoint, self, scheduler, capacity);
    this.parallelism = parallelism;
  }

  @Override
  public boolean isSerial() {
    return false;
  }

  @Override
  void launch() {
    synchronized (lock) {
      launched = true;
    }
    scheduleRunners();
  }

  @Override
  void enqueue(InboxMessage message) {
    offer(message);
    scheduleRunners();
  }

  /** Starts as many runners as there is work for; the lock pairs it with a runner that gives up. */
  private void scheduleRunners() {
    int more;
    synchronized (lock) {
      more = alone || !launched ? 0 : Math.max(0, Math.min(parallelism, size()) - runners);
      runners += more;
    }
    for (int i = 0; i < more; i++) {
      scheduler().schedule(this);
    }
  }

  @Override
  public void run() {
    for (int i = 0; i < BATCH; i++) {
      InboxMessage message = next();
      if (message == null) {
        return;
      }
      boolean completed = false;
      try {
        process(message);
        completed = true;
      } finally {
        finished(message, !completed);
      }
    }
    scheduler().schedule(this);
  }

  /** Takes what this runner may run now; if there is nothing the runner is counted out. */
  private @Nullable InboxMessage next() {
    synchronized (lock) {
      InboxMessage message = alone ? null : nextWhileShared();
      if (message == null) {
        runners--;
      } else {
        busy++;
      }
      return message;
    }
  }

  private @Nullable InboxMessage nextWhileShared() {
    assert Thread.holdsLock(lock);
    if (setAside == null) {
      // What is busy was taken but is not released from the count.
      if (size() - busy == 0) {
        return null;
      }
      InboxMessage message = take();
      if (!message.exclusive()) {
        return message;
      }
      setAside = message;
    }
    if (busy > 0) {
      return null;
    }
    InboxMessage message = setAside;
    setAside = null;
    alone = true;
    return message;
  }

  private void finished(InboxMessage message, boolean runnerDies) {
    synchronized (lock) {
      busy--;
      release(1);
      if (message.exclusive()) {
        alone = false;
      }
      if (runnerDies) {
        runners--;
      }
    }
    scheduleRunners();
  }

  @Override
  int taken() {
    return 0;
  }

  @Override
  void countHandled() {
    handled.increment();
  }

  @Override
  void countFailed() {
    failed.increment();
    countHandled();
  }

  @Override
  long handled() {
    return handled.sum();
  }

  @Override
  long failed() {
    return failed.sum();
  }
}
