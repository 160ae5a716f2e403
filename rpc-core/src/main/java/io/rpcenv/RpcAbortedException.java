// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.Objects;

/**
 * The caller gave up: it aborted the ask, or its thread was interrupted while waiting. Not
 * retriable; may have executed if the message was written.
 */
public final class RpcAbortedException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the failure with the text {@code Aborted: <cause>}.
   *
   * @param cause why the caller gave up
   * @param mayHaveExecuted whether the message was given to the socket or to a handler
   */
  public RpcAbortedException(Throwable cause, boolean mayHaveExecuted) {
    super("Aborted: " + Objects.requireNonNull(cause, "cause"), cause, false, mayHaveExecuted);
  }
}
