// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.hello;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import java.util.function.Consumer;

/** Greets. One message at a time, so {@code guests} needs no lock. */
final class Greeter extends RpcEndpoint {

  private final Consumer<String> log;
  private int guests;

  Greeter(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public void receive(Object message) throws Exception { // from send
    if (message instanceof SayBye bye) {
      log.accept("bye, " + bye.name());
    } else {
      super.receive(message); // unsupported message
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception { // from ask
    if (message instanceof SayHi hi) {
      guests++;
      log.accept("guest " + guests + ": " + hi.name());
      call.reply("hi, " + hi.name());
    } else {
      super.receiveAndReply(message, call);
    }
  }
}
