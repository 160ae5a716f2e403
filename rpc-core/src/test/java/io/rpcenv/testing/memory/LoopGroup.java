// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.TransportLoop;
import java.util.concurrent.CompletionStage;

/** The loops of one transport. */
interface LoopGroup {

  /** Makes the loops of an env. */
  @FunctionalInterface
  interface Factory {
    LoopGroup create(String envName, EnvId envId);
  }

  TransportLoop next();

  /** Ends the loops after what they were given; completes when they have ended. */
  CompletionStage<Void> end();
}
