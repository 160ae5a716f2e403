// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportLoop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Runs inboxes on an env's network threads. The loop that posts into an idle inbox runs it at once,
 * unless it is inside a handler already: a post from a handler never recurses. Other threads,
 * another env's loops among them, wake one loop.
 */
public final class LoopScheduler implements InboxScheduler, RunnerHost {

  private final EnvId owner;
  private final Supplier<TransportLoop> nextLoop;
  private final Set<Runner> runners = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Runner> runner = ThreadLocal.withInitial(this::newRunner);

  /**
   * Makes a scheduler over a transport's loops.
   *
   * @param owner the env whose loops they are
   * @param nextLoop gives a loop, any of them
   */
  public LoopScheduler(EnvId owner, Supplier<TransportLoop> nextLoop) {
    this.owner = owner;
    this.nextLoop = nextLoop;
  }

  private Runner newRunner() {
    Runner made = new Runner(Thread.currentThread(), this);
    runners.add(made);
    return made;
  }

  @Override
  public void schedule(Inbox inbox) {
    if (Thread.currentThread() instanceof LoopThread loop
        && loop.envId().equals(owner)
        && runner.get().inbox() == null) {
      run(inbox);
    } else {
      scheduleLater(inbox);
    }
  }

  @Override
  public void scheduleLater(Inbox inbox) {
    nextLoop.get().execute(() -> run(inbox));
  }

  private void run(Inbox inbox) {
    Runner mine = runner.get();
    mine.running(inbox);
    try {
      inbox.run();
    } catch (VirtualMachineError e) {
      // The thread goes on: what the transport was doing is no part of what failed.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      mine.running(null);
      // The end's interrupt was for the handler, not for the transport.
      Thread.interrupted();
    }
  }

  @Override
  public void interruptRunning() {
    runners.forEach(Runner::interrupt);
  }

  @Override
  public void abandonRunning() {
    runners.forEach(Runner::abandon);
  }
}
