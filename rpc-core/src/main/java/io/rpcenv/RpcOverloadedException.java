// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;

/**
 * A bound was reached: outbox, inbox or undecoded bodies. Retriable, later; certainly not executed.
 * Carries no stack trace, because it comes in floods.
 */
public final class RpcOverloadedException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the failure.
   *
   * @param message which bound was reached, where, and the key that sets it
   */
  public RpcOverloadedException(String message) {
    super(message, true, false);
  }
}
