// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.plugin;

/** What the two parts of {@link ScalingPlugin} tell each other. */
sealed interface ScalingMessage {

  /** Asks the driver part how to begin; answered with {@link InitialConfigResponse}. */
  record InitialConfigRequest() implements ScalingMessage {}

  /**
   * Answers {@link InitialConfigRequest}.
   *
   * @param factor what to multiply with
   */
  record InitialConfigResponse(int factor) implements ScalingMessage {}

  /**
   * Sent to the driver part.
   *
   * @param executorId who has worked it out
   * @param value what came out
   */
  record FinalValueResponse(String executorId, int value) implements ScalingMessage {}
}
