// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import java.util.List;
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
  private static final class Deaf extends Note {

    Deaf(String text) {
      super(text, List.of());
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
    stage.dispatcher.post(inbox, new Deaf("deaf"));
    stage.post(inbox, "next");
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("deaf", "error boom", "next");
    assertThat(inbox.stats().failed()).isEqualTo(1);
  }

  @Test
  void theNextMessageIsHandledAlthoughARejectionFails() {
    Inbox inbox = stage.start(new Actor(stage.log));
    stage.dispatcher.post(inbox, new Deaf("undecodable"));
    stage.post(inbox, "next");
    stage.scheduler.runAll();
    assertThat(stage.log).endsWith("next");
  }
}
