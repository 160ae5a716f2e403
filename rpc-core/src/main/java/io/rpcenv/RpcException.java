// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Failure of a message, an ask or an environment. Each subclass stands for rows of the failure
 * table, and answers the two questions that a caller has: is another try worthwhile, and may the
 * first one have run.
 */
public abstract sealed class RpcException extends RuntimeException
    permits RpcAbortedException,
        RpcConnectionException,
        RpcEndpointNotFoundException,
        RpcEndpointStoppedException,
        RpcEnvStoppedException,
        RpcMessageTooLargeException,
        RpcOverloadedException,
        RpcRemoteException,
        RpcSerializationException,
        RpcTimeoutException,
        RpcUnexpectedReplyException {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean retriable;
  private final boolean mayHaveExecuted;

  RpcException(
      @Nullable String message,
      @Nullable Throwable cause,
      boolean retriable,
      boolean mayHaveExecuted) {
    super(message, cause);
    this.retriable = retriable;
    this.mayHaveExecuted = mayHaveExecuted;
  }

  /** Makes a failure without a stack trace, for failures that come in floods. */
  RpcException(String message, boolean retriable, boolean mayHaveExecuted) {
    super(message, null, true, false);
    this.retriable = retriable;
    this.mayHaveExecuted = mayHaveExecuted;
  }

  /**
   * Tells whether the same call may succeed later without anything being changed.
   *
   * @return true if another try is worthwhile
   */
  public final boolean retriable() {
    return retriable;
  }

  /**
   * Tells whether the receiver may have handled the message. False is certain: the handler did not
   * run and will not run for this message, so that a retry cannot do the work twice.
   *
   * @return true if the message has run, or if nobody knows
   */
  public final boolean mayHaveExecuted() {
    return mayHaveExecuted;
  }
}
