// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.internal.dispatch.Runner;
import io.rpcenv.transport.LoopThread;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands around every wait of ours: refuses it where it would never end or hold up the network, and
 * has a spare thread take the place of a dispatcher's.
 */
public final class WaitGuard {

  private static final WaitGuard NOTHING = new WaitGuard(null);

  private final @Nullable Runner runner;

  private WaitGuard(@Nullable Runner runner) {
    this.runner = runner;
  }

  /**
   * Begins a wait on the calling thread.
   *
   * @param target the local endpoint whose thread is waited for, as long as it is one: asked again
   *     whenever another wait begins
   * @param what what is waited for, for texts
   * @return to be ended when the wait is over
   * @throws IllegalStateException on a network, timer or shutdown thread, and where serial
   *     endpoints would wait for themselves, directly or through each other
   */
  public static WaitGuard enter(Supplier<@Nullable Inbox> target, String what) {
    Thread thread = Thread.currentThread();
    if (thread instanceof LoopThread) {
      throw new IllegalStateException(
          what
              + " blocks on network thread ["
              + thread.getName()
              + "] (expected: go on in a stage of the future)");
    }
    if (thread instanceof EnvThread) {
      throw new IllegalStateException(
          what
              + " blocks on thread ["
              + thread.getName()
              + "] which its env has only one of (expected: go on in a stage with an executor)");
    }
    Runner runner = Runner.current();
    if (runner == null) {
      return NOTHING;
    }
    runner.waitFor(target, what);
    return new WaitGuard(runner);
  }

  /**
   * Begins a wait for what no endpoint of this env answers.
   *
   * @param what what is waited for, for texts
   * @return to be ended when the wait is over
   * @throws IllegalStateException on a thread that must not wait
   */
  public static WaitGuard enter(String what) {
    return enter(() -> null, what);
  }

  /** Ends the wait, on the thread that began it. */
  public void end() {
    if (runner != null) {
      runner.waitOver();
    }
  }
}
