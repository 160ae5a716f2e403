// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.RpcEnvListener.Kind;
import io.rpcenv.RpcEnvListener.MessageEvent;
import io.rpcenv.RpcEnvListener.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an observer sees: RPC-30, and promise 5. */
public abstract class ObserverContract extends Contract {

  private Origin origin() {
    return lab.remote() ? Origin.REMOTE : Origin.LOCAL;
  }

  /** RPC-30 */
  @Test
  void everyMessagePostedIsSeenWithClassKindAndOrigin() {
    RpcEndpointRef ref = host("e", new Servant());
    ref.send(new Msg.Tick(1));
    ref.askSync(new Msg.Echo("x"));
    ref.send(new Msg.Echo("sent"));
    String tick = Msg.Tick.class.getName();
    String echo = Msg.Echo.class.getName();
    Eventually.awaitEqual(
        List.of(
            new MessageEvent("e", tick, Kind.ONE_WAY, origin()),
            new MessageEvent("e", echo, Kind.ASK, origin()),
            new MessageEvent("e", echo, Kind.ONE_WAY, origin())),
        () -> lab.watcher(server()).posted("e"));
  }

  /** RPC-30: a message from the env itself is local. */
  @Test
  void aMessageOfTheEnvItselfIsLocal() {
    RpcEndpointRef own = server().setupEndpoint("own", new Servant());
    own.askSync(new Msg.Echo("x"));
    assertThat(lab.watcher(server()).posted("own"))
        .containsExactly(new MessageEvent("own", Msg.Echo.class.getName(), Kind.ASK, Origin.LOCAL));
  }

  /** RPC-30 */
  @Test
  void everyEndpointStartedAndStoppedIsSeen() {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("seen", recorder);
    ref.askSync(new Msg.Echo("x"));
    assertThat(lab.watcher(server()).started()).contains("seen");
    assertThat(lab.watcher(server()).stopped()).doesNotContain("seen");
    recorder.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("seen"));
    assertThat(recorder.events()).endsWith("stop");
    host("second", new Recorder()).askSync(new Msg.Echo("x"));
    server().close();
    assertThat(lab.watcher(server()).stopped().stream().filter(List.of("seen", "second")::contains))
        .containsExactly("seen", "second");
  }

  /** Promise 5: a one-way message that is not handled is reported with its reason. */
  @Test
  void aSendToNobodyIsReported() {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("gone", recorder);
    recorder.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("gone"));
    ref.send(new Msg.Tick(1));
    Eventually.awaitEqual(
        List.of(
            new Watcher.Drop(
                new MessageEvent("gone", Msg.Tick.class.getName(), Kind.ONE_WAY, origin()),
                DropReason.NO_SUCH_ENDPOINT)),
        () -> lab.watcher(server()).dropped());
    assertThat(server().stats().dropped()).containsEntry(DropReason.NO_SUCH_ENDPOINT, 1L);
  }

  /** Promise 5: one WARN per reason and period. */
  @Test
  void manyDropsOfOneReasonAreOneWarning() {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("gone", recorder);
    recorder.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("gone"));
    try (LogCapture log = new LogCapture()) {
      for (int i = 0; i < 50; i++) {
        ref.send(new Msg.Tick(i));
      }
      Eventually.await("50 drops", () -> lab.watcher(server()).dropped().size() == 50);
      Eventually.await("a WARN", () -> !log.warnings("gone").isEmpty());
      assertThat(log.warnings("gone")).hasSize(1);
    }
  }

  /** What an observer throws harms nobody. */
  @Test
  void anObserverThatThrowsHarmsNobody() throws Exception {
    RpcEnvListener broken =
        new RpcEnvListener() {
          @Override
          public void onMessagePosted(MessageEvent event) {
            throw new IllegalStateException("observer");
          }

          @Override
          public void onEndpointStarted(String endpoint) {
            throw new IllegalStateException("observer");
          }

          @Override
          public void onEndpointStopped(String endpoint) {
            throw new IllegalStateException("observer");
          }
        };
    RpcEnv env = lab.env("watched").listener(broken).open();
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = env.setupEndpoint("e", recorder);
    assertThat(ref.askSync(new Msg.Echo("x"))).isEqualTo("x");
    recorder.stop();
    Eventually.await("stopped", () -> lab.watcher(env).stopped().contains("e"));
  }
}
