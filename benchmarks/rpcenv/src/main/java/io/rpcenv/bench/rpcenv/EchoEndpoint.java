// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.rpcenv;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.bench.Sample;
import java.util.function.Consumer;

/** Answers with what it was asked, and passes on what it was sent. */
final class EchoEndpoint extends RpcEndpoint {

  private final Consumer<Sample> sink;

  EchoEndpoint(Consumer<Sample> sink) {
    this.sink = sink;
  }

  @Override
  public void receive(Object message) {
    sink.accept((Sample) message);
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) {
    call.reply(message);
  }
}
