// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.pekko;

import io.rpcenv.bench.Sample;
import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;

/** Answers what was asked, and passes on what was sent without a sender. */
final class EchoActor extends AbstractActor {

  private final Consumer<Sample> sink;

  EchoActor(Consumer<Sample> sink) {
    this.sink = sink;
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().matchAny(this::handle).build();
  }

  private void handle(Object message) {
    ActorRef sender = getSender();
    if (sender.equals(getContext().getSystem().deadLetters())) {
      sink.accept((Sample) message);
    } else {
      sender.tell(message, ActorRef.noSender());
    }
  }
}
