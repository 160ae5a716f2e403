// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.transport.TransportLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One loop that the test steps. */
final class SteppedLoops implements LoopGroup {

  private final StepLoop loop;

  SteppedLoops(Function<String, StepLoop> factory, String envName) {
    this.loop = factory.apply(envName);
  }

  @Override
  public TransportLoop next() {
    return loop;
  }

  @Override
  public CompletionStage<Void> end() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(() -> ended.complete(null));
    return ended;
  }
}
