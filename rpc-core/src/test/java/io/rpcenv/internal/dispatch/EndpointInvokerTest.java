// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 6: what goes wrong with the answer to one message stays with it. */
@Timeout(20)
class EndpointInvokerTest {

  private final Stage stage = new Stage();

  @AfterEach
  void close() throws InterruptedException {
    stage.close();
  }

  /** A message that cannot even be told that it failed. */
  private static final class Deaf extends UserMessage {

    private final boolean decodable;

    Deaf(boolean decodable) {
      this.decodable = decodable;
    }

    @Override
    protected Object payload() {
      if (decodable) {
        return "deaf";
      }
      throw new IllegalStateException("undecodable");
    }

    @Override
    public String messageClass() {
      return "Deaf";
    }

    @Override
    public RpcEnvListener.Kind kind() {
      return RpcEnvListener.Kind.ONE_WAY;
    }

    @Override
    public RpcEnvListener.Origin origin() {
      return RpcEnvListener.Origin.LOCAL;
    }

    @Override
    protected void deliver(RpcEndpoint endpoint, Object payload) throws Exception {
      endpoint.receive(payload);
    }

    @Override
    protected void failed(Throwable cause) {
      throw new IllegalStateException("in failed");
    }

    @Override
    public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
      throw new IllegalStateException("in rejected");
    }
  }

  @Test
  void onErrorRunsAlthoughTheAskerCannotBeTold() {
    Actor actor =
        new Actor(stage.log)
            .at(
                "deaf",
                () -> {
                  throw new Exception("boom");
                });
    Inbox inbox = stage.start(actor);
    stage.dispatcher.post(inbox, new Deaf(true));
    stage.post(inbox, "next");
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("deaf", "error boom", "next");
    assertThat(inbox.stats().failed()).isEqualTo(1);
  }

  @Test
  void theNextMessageIsHandledAlthoughARejectionFails() {
    Inbox inbox = stage.start(new Actor(stage.log));
    stage.dispatcher.post(inbox, new Deaf(false));
    stage.post(inbox, "next");
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("next");
  }
}
