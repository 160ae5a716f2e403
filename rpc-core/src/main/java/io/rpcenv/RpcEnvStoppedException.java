// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.Objects;

/** This environment was shut down. Not retriable; may have executed if the message was written. */
public final class RpcEnvStoppedException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  private final String envName;

  /**
   * Creates the failure with the text {@code RpcEnv [<name>] is stopped}.
   *
   * @param envName name of the environment
   * @param mayHaveExecuted whether the message was given to the socket or to a handler
   */
  public RpcEnvStoppedException(String envName, boolean mayHaveExecuted) {
    super(
        "RpcEnv [" + Objects.requireNonNull(envName, "envName") + "] is stopped",
        null,
        false,
        mayHaveExecuted);
    this.envName = envName;
  }

  /** Returns the name of the environment, or the URI of an endpoint of it. */
  public String envName() {
    return envName;
  }
}
