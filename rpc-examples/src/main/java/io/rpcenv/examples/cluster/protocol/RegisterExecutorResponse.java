// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** The driver's answer to {@link DriverMessage.RegisterExecutor}. */
public sealed interface RegisterExecutorResponse {

  /** The executor will get tasks. */
  record RegisteredExecutor() implements RegisterExecutorResponse {}

  /**
   * The executor is not wanted and should end.
   *
   * @param message why
   */
  record RegisterExecutorFailed(String message) implements RegisterExecutorResponse {}
}
