// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises 9 and 10, what may cross: RPC-15, RPC-24. */
public abstract class SizeContract extends Contract {

  private static final int LIMIT = 8 * 1024;
  private static final String LIMIT_TEXT = "8k";

  private void limit(String side) {
    if (side.equals("client")) {
      lab.clientConf("rpc.message.maxSize", LIMIT_TEXT);
    } else {
      lab.serverConf("rpc.message.maxSize", LIMIT_TEXT);
    }
  }

  private static void check(RpcMessageTooLargeException failure, RpcDirection direction) {
    assertThat(failure.direction()).isEqualTo(direction);
    assertThat(failure.limit()).isEqualTo(LIMIT);
    assertThat(failure.key()).isEqualTo("rpc.message.maxSize");
    assertThat(failure).hasMessageContaining("rpc.message.maxSize").hasMessageContaining("8192");
  }

  /** RPC-24, GRPC_3996_oversizeBothWays: a request, whichever side has the smaller limit. */
  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void aRequestThatIsTooLargeFailsAtTheSender(String side) throws Exception {
    limit(side);
    RpcEndpointRef ref = host("e", new Servant());
    RpcFuture<Integer> ask = ref.ask(new Msg.Blob(new byte[LIMIT]));
    RpcMessageTooLargeException failure = Failures.of(ask, RpcMessageTooLargeException.class);
    check(Failures.row(failure, false, false), RpcDirection.REQUEST);
    assertThat(failure.side())
        .isEqualTo(side.equals("client") ? io.rpcenv.RpcSide.LOCAL : io.rpcenv.RpcSide.PEER);
    assertThatThrownBy(() -> ref.askSync(new Msg.Blob(new byte[LIMIT])))
        .isInstanceOf(RpcMessageTooLargeException.class);
    assertThatThrownBy(() -> ref.send(new Msg.Blob(new byte[LIMIT])))
        .isInstanceOf(RpcMessageTooLargeException.class);
    assertThat(ref.askSync(new Msg.Blob(new byte[LIMIT / 2]))).isEqualTo(LIMIT / 2);
    assertThat(lab.watcher(server()).posted("e")).hasSize(1);
  }

  /** RPC-24: a reply, whichever side has the smaller limit. DUBBO_3488_errorReplyIsSmall */
  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void aReplyThatIsTooLargeFailsTheAsk(String side) throws Exception {
    limit(side);
    RpcEndpointRef ref = host("e", new Servant());
    RpcMessageTooLargeException failure =
        Failures.of(ref.ask(new Msg.Give(LIMIT)), RpcMessageTooLargeException.class);
    check(Failures.row(failure, false, true), RpcDirection.REPLY);
    assertThat(ref.askSync(new Msg.Give(LIMIT / 2))).hasSize(LIMIT / 2);
    assertThat(connected()).isTrue();
  }

  private boolean connected() {
    return client().stats().peers().stream().allMatch(RpcEnvStats.Peer::connected);
  }

  /** RPC-24: the limit is exact, on either side. */
  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void aMessageOfExactlyTheLimitPasses(String side) throws Exception {
    limit(side);
    RpcEndpointRef ref = host("e", new Servant());
    int low = LIMIT / 2;
    int high = LIMIT;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (passes(ref, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    long before = written();
    assertThat(passes(ref, low)).isTrue();
    assertThat(written() - before).as("bytes of the largest message").isEqualTo(LIMIT);
  }

  private long written() {
    return client().stats().peers().stream().mapToLong(RpcEnvStats.Peer::writtenBytes).sum();
  }

  private static boolean passes(RpcEndpointRef ref, int size) throws Exception {
    try {
      return ref.askSync(new Msg.Blob(new byte[size])) == size;
    } catch (RpcMessageTooLargeException e) {
      return false;
    }
  }

  /** RPC-15: names the class and the path to the field. */
  @Test
  void aReplyThatCannotBeSerializedFailsTheAskAtOnce() throws Exception {
    CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    RpcEndpointRef ref =
        host(
            "e",
            new Servant() {
              @Override
              public void receiveAndReply(Object message, io.rpcenv.RpcCallContext call)
                  throws Exception {
                if (message instanceof Msg.Count) {
                  accepted.complete(
                      call.reply(
                          new Loose.Level(
                              "outer", new Loose.Level("inner", new Outside.Unserializable()))));
                } else {
                  super.receiveAndReply(message, call);
                }
              }
            });
    RpcSerializationException failure =
        Failures.of(ref.ask(new Msg.Count(1), Object.class), RpcSerializationException.class);
    Failures.row(failure, false, true);
    assertThat(failure.direction()).isEqualTo(RpcDirection.REPLY);
    assertThat(failure)
        .hasMessageContaining(Outside.Unserializable.class.getName())
        .hasMessageContaining("inner.inner");
    assertThat(failure.path()).contains("inner.inner");
    assertThat(failure.typeName()).isEqualTo(Outside.Unserializable.class.getName());
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
    assertThat(connected()).isTrue();
  }

  /** An unserializable field deep in a request, asked and sent. */
  @Test
  void aRequestThatCannotBeSerializedFailsAtTheSender() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    Loose.Any bad =
        new Loose.Any(java.util.List.of(new Loose.Level("l", new Outside.Unserializable())));
    RpcSerializationException failure = Failures.of(ref.ask(bad), RpcSerializationException.class);
    Failures.row(failure, false, false);
    assertThat(failure.typeName()).isEqualTo(Outside.Unserializable.class.getName());
    assertThat(failure.path()).contains("value[0].inner");
    assertThatThrownBy(() -> ref.send(bad)).isInstanceOf(RpcSerializationException.class);
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** Promise 10: a class that is not allowed here fails at the sender, with the line to add. */
  @Test
  void aClassThatIsNotAllowedFailsAtTheSender() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    RpcSerializationException failure =
        Failures.of(ref.ask(new Outside.NotAllowed("x")), RpcSerializationException.class);
    Failures.row(failure, false, false);
    assertThat(failure)
        .hasMessageContaining(Outside.NotAllowed.class.getName())
        .hasMessageContaining(".messages(");
    assertThatThrownBy(() -> ref.send(new Outside.NotAllowed("x")))
        .isInstanceOf(RpcSerializationException.class);
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** Promise 10: the receiver refuses it, too, when the sender does not. AKKA_21343 */
  @Test
  void aClassThatTheReceiverDoesNotAllowFailsOnlyThatMessage() throws Exception {
    server().setupEndpoint("e", new Servant());
    io.rpcenv.RpcEnv generous = lab.env("generous").messages(Outside.NotAllowed.class).open();
    RpcEndpointRef ref = Lab.find(generous, server(), "e");
    for (Object bad :
        java.util.List.of(
            new Outside.NotAllowed("outside"), new Loose.Any(new Outside.NotAllowed("deep")))) {
      RpcSerializationException failure =
          Failures.of(ref.ask(bad, Object.class), RpcSerializationException.class);
      Failures.row(failure, false, false);
      assertThat(failure)
          .hasMessageContaining(Outside.NotAllowed.class.getName())
          .hasMessageContaining(".messages(");
      ref.send(bad);
    }
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
    Eventually.awaitEqual(2, () -> lab.watcher(server()).dropped("e").size());
    assertThat(lab.watcher(server()).dropped("e")).containsOnly(io.rpcenv.DropReason.NOT_DECODABLE);
  }
}
