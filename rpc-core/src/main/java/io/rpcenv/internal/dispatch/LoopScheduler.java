// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs inboxes on network threads, those of one env or those that several share. The thread that
 * posts into an idle inbox runs it at once, unless it is inside a handler already: a post from a
 * handler never recurses. Other threads, network threads of other envs among them, wake one.
 */
public final class LoopScheduler implements InboxScheduler, RunnerHost {

  private final TransportThreads threads;
  private final Set<Runner> runners = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Runner> runner = ThreadLocal.withInitial(this::newRunner);

  /**
   * Makes a scheduler.
   *
   * @param threads where it runs inboxes
   */
  public LoopScheduler(TransportThreads threads) {
    this.threads = threads;
  }

  private Runner newRunner() {
    Runner made = new Runner(Thread.currentThread(), this);
    runners.add(made);
    return made;
  }

  @Override
  public void schedule(Inbox inbox) {
    if (Thread.currentThread() instanceof LoopThread loop
        && loop.threads() == threads
        && runner.get().inbox() == null) {
      run(inbox);
    } else {
      scheduleLater(inbox);
    }
  }

  @Override
  public void scheduleLater(Inbox inbox) {
    threads.next().execute(() -> run(inbox));
  }

  private void run(Inbox inbox) {
    Runner mine = runner.get();
    mine.begin(inbox);
    try {
      inbox.run();
    } catch (VirtualMachineError e) {
      // The thread goes on: what the transport was doing is no part of what failed.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      mine.end(); // an interrupt was for the handler, not for the transport
    }
  }

  @Override
  public void interruptRunning(Dispatcher owner) {
    runners.forEach(each -> each.interrupt(owner));
  }

  @Override
  public void abandonRunning(Dispatcher owner) {
    runners.forEach(each -> each.abandon(owner));
  }
}
