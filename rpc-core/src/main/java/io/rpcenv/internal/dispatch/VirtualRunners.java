// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual threads of one dispatcher: each runs one inbox for one batch and ends, so an endpoint
 * without work has none. What blocks there holds up nobody else and needs no spare.
 */
final class VirtualRunners implements RunnerHost {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualRunners.class);

  private final InboxScheduler fallback;
  private final Set<Runner> runners = ConcurrentHashMap.newKeySet();

  /**
   * Makes a set of none.
   *
   * @param fallback runs an inbox where no thread can be had
   */
  VirtualRunners(InboxScheduler fallback) {
    this.fallback = fallback;
  }

  /**
   * Returns what runs one endpoint.
   *
   * @param threads makes its threads; none is kept
   */
  InboxScheduler scheduler(ThreadFactory threads) {
    return inbox -> start(threads, inbox);
  }

  private void start(ThreadFactory threads, Inbox inbox) {
    try {
      new Batch(threads, inbox).start();
    } catch (RuntimeException | Error e) {
      // Out of memory, mostly. Who has posted counts on somebody to run it.
      LOG.warn(
          "[{}] no virtual thread for endpoint [{}]; a shared thread runs it",
          inbox.envName(),
          inbox.name(),
          e);
      fallback.schedule(inbox);
    }
  }

  /** A thread of this and its only task. */
  private final class Batch implements Runnable {

    private final Inbox inbox;
    private final Runner runner;

    Batch(ThreadFactory threads, Inbox inbox) {
      this.inbox = inbox;
      this.runner = new Runner(threads.newThread(this), VirtualRunners.this);
    }

    void start() {
      boolean started = false;
      runners.add(runner); // before it runs, so that the end misses none
      try {
        runner.thread().start();
        started = true;
      } finally {
        if (!started) {
          runners.remove(runner);
        }
      }
    }

    @Override
    public void run() {
      try {
        runner.enterThread();
        runner.begin(inbox);
        inbox.run();
      } finally {
        runner.end();
        runners.remove(runner);
      }
    }
  }

  /** Returns how many threads there are now. */
  int size() {
    return runners.size();
  }

  // The end

  void interruptRunning(Dispatcher owner) {
    runners.forEach(runner -> runner.interrupt(owner));
  }

  /** Gives up on the handlers that are still running. Nothing waits behind them but their own. */
  void abandonRunning(Dispatcher owner) {
    runners.forEach(runner -> runner.abandon(owner));
  }

  /**
   * Waits for the threads to be gone; those that were abandoned are not waited for.
   *
   * @param nanos how long at most
   */
  void awaitEnd(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (Runner runner : runners) {
      runner.join(deadline);
    }
  }
}
