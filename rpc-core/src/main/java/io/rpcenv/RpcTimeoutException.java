// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;

/**
 * No answer in time. Its text names peer, endpoint, message class, elapsed time, where the message
 * was stuck, and the configuration key, once. Retriable; may have executed if it was written to the
 * socket before the deadline.
 *
 * <p>A timer makes it, of many asks at once perhaps, whose stack says nothing: none is recorded.
 * One that {@code askSync}, a look-up, {@code openChannel} or {@link RpcTimeout#await} throws has
 * the stack of that call.
 */
public final class RpcTimeoutException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  /** False while the constructor of {@link Throwable} runs. */
  private final transient boolean made;

  /**
   * Creates the failure, without a stack until {@link #fillInStackTrace} is called.
   *
   * @param message what was waited for and what controls the wait, see {@link
   *     RpcTimeout#controlledBy()}
   * @param mayHaveExecuted false only if the message certainly never left this environment
   */
  public RpcTimeoutException(String message, boolean mayHaveExecuted) {
    super(message, null, true, mayHaveExecuted);
    made = true;
  }

  /** Records the caller's stack; nothing while this is being made. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return made ? super.fillInStackTrace() : this;
  }
}
