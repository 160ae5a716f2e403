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

  /** All threads that run it share this one. */
  private final InboxRun asRun =
      new InboxRun() {
        @Override
        public Inbox inbox() {
          return ParallelInbox.this;
        }

        @Override
        public RpcEndpoint endpoint() {
          return ParallelInbox.this.endpoint();
        }

        @Override
        public boolean isStopped() {
          return ParallelInbox.this.isStopped();
        }

        @Override
        public void countHandled() {
          handled.increment();
        }

        @Override
        public void countFailed() {
          failed.increment();
          handled.increment();
        }
      };

  // Guarded by lock, as is the consumer's side of the queue.
  private int runners;
  private int busy;
  private long begun;
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
    scheduleRunners(scheduler());
  }

  @Override
  void enqueue(InboxMessage message, InboxScheduler via) {
    offer(message);
    scheduleRunners(via);
  }

  /** Starts as many runners as there is work for; the lock pairs it with a runner that gives up. */
  private void scheduleRunners(InboxScheduler via) {
    int more;
    synchronized (lock) {
      int work = Math.min(parallelism, size() + busy);
      more = alone || !launched ? 0 : Math.max(0, work - runners);
      runners += more;
    }
    for (int i = 0; i < more; i++) {
      via.schedule(this);
    }
  }

  @Override
  public void run() {
    if (isForsaken()) {
      return;
    }
    InboxMessage message = next();
    for (int i = 1; message != null; i++) {
      processOrDie(message);
      if (i == BATCH) {
        finished(message, false);
        scheduler().schedule(this);
        return;
      }
      message = nextAfter(message);
    }
  }

  private void processOrDie(InboxMessage message) {
    boolean completed = false;
    try {
      process(message, asRun, invoker());
      completed = true;
    } finally {
      if (!completed) {
        finished(message, true);
      }
    }
  }

  private @Nullable InboxMessage next() {
    synchronized (lock) {
      return takeNext();
    }
  }

  /** Finishes a message and takes the next in one: the lock is had once per message. */
  private @Nullable InboxMessage nextAfter(InboxMessage done) {
    InboxMessage next;
    synchronized (lock) {
      settle(done);
      next = takeNext();
    }
    if (done.exclusive()) {
      scheduleRunners(scheduler()); // those that gave up meanwhile
    }
    return next;
  }

  private void finished(InboxMessage message, boolean runnerDies) {
    synchronized (lock) {
      settle(message);
      if (runnerDies) {
        runners--;
      }
    }
    if (runnerDies || message.exclusive()) {
      scheduleRunners(scheduler());
    }
  }

  private void settle(InboxMessage message) {
    assert Thread.holdsLock(lock);
    busy--;
    if (message.exclusive()) {
      alone = false;
    }
  }

  /**
   * Takes what this runner may run now; if there is nothing the runner is counted out. The queue's
   * count is of what waits: a message leaves it as it begins to run.
   */
  private @Nullable InboxMessage takeNext() {
    assert Thread.holdsLock(lock);
    InboxMessage message = alone ? null : nextWhileShared();
    if (message == null) {
      runners--;
    } else {
      busy++;
      begun += message.bounded() ? 1 : 0;
      release(1);
    }
    return message;
  }

  private @Nullable InboxMessage nextWhileShared() {
    if (setAside == null) {
      if (size() == 0) {
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

  @Override
  int taken() {
    return 0;
  }

  @Override
  long begun() {
    synchronized (lock) {
      return begun;
    }
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
