// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * No connection to the peer, after all connect attempts ({@code rpc.numRetries}), or a connection
 * that was lost with the message unanswered. Retriable; may have executed only in the second case.
 */
public final class RpcConnectionException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the failure.
   *
   * @param message what happened, naming the peer
   * @param cause what the network said, or null if nothing more is known
   * @param mayHaveExecuted whether the message was given to the socket
   */
  public RpcConnectionException(
      String message, @Nullable Throwable cause, boolean mayHaveExecuted) {
    super(message, cause, true, mayHaveExecuted);
  }
}
