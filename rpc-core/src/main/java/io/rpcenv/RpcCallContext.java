// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One ask, as its receiver sees it: the way to answer it, now or later, from any thread.
 *
 * <p>The first answer wins and a second one is a programming error. Once the asker is gone (it
 * cancelled, timed out or lost its connection) an answer does nothing and returns false.
 */
public interface RpcCallContext {

  /**
   * Answers the ask. Never blocks. A response that cannot be encoded, or is too large, fails the
   * ask with that error instead.
   *
   * @param response the reply; null is allowed
   * @return true if the answer was accepted for delivery, false if nobody waits for it any more
   * @throws IllegalStateException if this ask has been answered already
   */
  boolean reply(@Nullable Object response);

  /**
   * Fails the ask: the asker gets an {@link RpcRemoteException} that describes {@code cause}.
   *
   * @param cause what went wrong; it crosses the wire as data, so it need not be serializable
   * @return true if the answer was accepted for delivery, false if nobody waits for it any more
   * @throws IllegalArgumentException if the cause is null
   * @throws IllegalStateException if this ask has been answered already
   */
  boolean sendFailure(Throwable cause);

  /**
   * Returns where the ask came from: the advertised address of the asking env, or, if that env has
   * no listener, its socket's address; empty for a local ask in an env without a listener.
   */
  Optional<RpcAddress> senderAddress();

  /** Returns whether the asker has given up: cancelled, timed out or disconnected. */
  boolean isCancelled();

  /**
   * Registers what to run when the asker gives up before this ask is answered. Runs at most once
   * and must not block: on a thread of the env or, for a local ask that its asker aborts, on the
   * thread that does so; at once on the calling thread if the asker has given up already. Several
   * may be registered; what one throws is logged.
   *
   * @param action what to run
   * @throws IllegalArgumentException if the action is null
   */
  void onCancel(Runnable action);
}
