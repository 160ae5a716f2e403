// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.RpcUnexpectedReplyException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What a ref can do: RPC-01, RPC-04, RPC-05. */
public abstract class MessagingContract extends Contract {

  /** RPC-01 */
  @Test
  void sendAskAndAskSyncInAllForms() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    ref.send(new Msg.Tick(1));
    assertThat(Failures.reply(ref.ask(new Msg.Count(1)))).isEqualTo(1);
    assertThat(Failures.reply(ref.ask(new Msg.Count(2), LONG))).isEqualTo(2);
    assertThat(Failures.reply(ref.ask(new Msg.Count(3), Integer.class))).isEqualTo(3);
    assertThat(Failures.reply(ref.ask(new Msg.Count(4), Object.class, LONG))).isEqualTo(4);
    assertThat(ref.askSync(new Msg.Count(5))).isEqualTo(5);
    assertThat(ref.askSync(new Msg.Count(6), LONG)).isEqualTo(6);
    assertThat(ref.askSync(new Msg.Count(7), Integer.class)).isEqualTo(7);
    assertThat(ref.askSync(new Msg.Count(8), Number.class, LONG)).isEqualTo(8);
    assertThat(servant.events()).containsExactly("start", "receive Tick[n=1]");
    assertThat(ref.name()).isEqualTo("e");
    assertThat(ref.address()).isEqualTo(server().address());
  }

  @Test
  void aPrimitiveReplyTypeCountsAsItsBox() {
    RpcEndpointRef ref = host("e", new Servant());
    Object reply = ref.askSync((Object) new Msg.Count(9), int.class);
    assertThat(reply).isEqualTo(9);
  }

  @Test
  void nullIsAReply() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    assertThat(Failures.reply(ref.ask(new Loose.Any(null)))).isNull();
    assertThat(ref.askSync(new Loose.Any(null), String.class)).isNull();
  }

  @Test
  void aRequestThatIsSentArrivesAtReceive() {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("e", recorder);
    ref.send(new Msg.Echo("sent"));
    recorder.awaitEvents("start", "receive Echo[text=sent]");
  }

  @Test
  void aReplyOfAnotherClassFailsTheAsk() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    RpcUnexpectedReplyException failure =
        Failures.of(ref.ask(new Msg.Count(1), String.class), RpcUnexpectedReplyException.class);
    Failures.row(failure, false, true);
    assertThat(failure)
        .hasMessageContaining("java.lang.Integer")
        .hasMessageContaining("java.lang.String");
    assertThatThrownBy(() -> ref.askSync(new Msg.Count(1), byte[].class))
        .isInstanceOf(RpcUnexpectedReplyException.class);
  }

  /** The erasure of R is checked, too: RpcRequest&lt;Integer&gt; answered with text. */
  @Test
  void aReplyThatIsNotOfTheRequestsOwnTypeFailsTheAsk() throws Exception {
    RpcEndpoint wrong =
        RpcEndpoint.handling().onAsk(Msg.Count.class, (m, call) -> call.reply("text")).build();
    RpcEndpointRef ref = host("e", wrong);
    Failures.of(ref.ask(new Msg.Count(1)), RpcUnexpectedReplyException.class);
  }

  /** RPC-04 */
  @Test
  void aReplyFromAnotherThreadLaterArrives() throws Exception {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    RpcFuture<String> first = ref.ask(new Msg.Never());
    RpcFuture<String> second = ref.ask(new Msg.Never());
    servant.awaitKept(2);
    assertThat(ref.askSync(new Msg.Echo("meanwhile"))).isEqualTo("meanwhile");
    assertThat(first).isNotDone();
    assertThat(servant.kept().get(1).reply("two")).isTrue();
    assertThat(Failures.reply(second)).isEqualTo("two");
    assertThat(servant.kept().get(0).reply("one")).isTrue();
    assertThat(Failures.reply(first)).isEqualTo("one");
  }

  /** RPC-04 */
  @Test
  void aSecondAnswerIsRefused() throws Exception {
    Queue<String> seconds = new ConcurrentLinkedQueue<>();
    RpcEndpoint twice =
        new RpcEndpoint() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            call.reply("first");
            for (Runnable second :
                List.<Runnable>of(
                    () -> call.reply("second"),
                    () -> call.sendFailure(new IllegalStateException("second")))) {
              try {
                second.run();
                seconds.add("accepted");
              } catch (IllegalStateException e) {
                seconds.add("refused");
              }
            }
          }
        };
    RpcEndpointRef ref = host("e", twice);
    assertThat(ref.askSync(new Msg.Echo("x"))).isEqualTo("first");
    Eventually.awaitEqual(List.of("refused", "refused"), () -> List.copyOf(seconds));
  }

  /** RPC-04: sendFailure reaches the asker as the cause. */
  @Test
  void sendFailureReachesTheAskerAsTheCause() throws Exception {
    RpcEndpoint failing =
        RpcEndpoint.handling()
            .onAsk(
                Msg.Echo.class,
                (m, call) -> call.sendFailure(new IllegalArgumentException("bad " + m.text())))
            .build();
    RpcEndpointRef ref = host("e", failing);
    RpcRemoteException failure =
        Failures.of(ref.ask(new Msg.Echo("apple")), RpcRemoteException.class);
    Failures.row(failure, false, true);
    assertThat(failure).hasMessageContaining("bad apple");
    assertThat(failure.remoteClassName()).isEqualTo(IllegalArgumentException.class.getName());
    assertThat(failure).hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(failure.getCause()).hasMessage("bad apple");
    assertThatThrownBy(() -> ref.askSync(new Msg.Echo("pear")))
        .isInstanceOf(RpcRemoteException.class)
        .hasMessageContaining("bad pear");
  }

  /** RPC-04: a Throwable that cannot be serialized arrives as data. */
  @Test
  void aThrowableThatIsNotSerializableArrivesAsData() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    RpcRemoteException failure =
        Failures.of(ref.ask(new Msg.Fail("odd")), RpcRemoteException.class);
    assertThat(failure.remoteClassName()).isEqualTo(Outside.OddException.class.getName());
    assertThat(failure.remoteMessage()).isEqualTo("as asked");
    assertThat(Failures.texts(failure)).contains("root");
    assertThat(failure.remoteStack())
        .anyMatch(f -> f.getClassName().equals(Servant.class.getName()));
  }

  /** RPC-05 */
  @Test
  void askingAnEndpointThatIsGoneFailsAtOnceWithItsUri() throws Exception {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("gone", recorder);
    recorder.stop();
    Eventually.await("stopped", () -> lab.watcher(server()).stopped().contains("gone"));
    RpcEndpointNotFoundException failure =
        Failures.of(ref.ask(new Msg.Echo("x")), RpcEndpointNotFoundException.class);
    Failures.row(failure, false, false);
    String uri =
        server().address().map(a -> "rpc://gone@" + a.hostPort()).orElse("rpc-client://gone");
    assertThat(failure).hasMessageContaining(uri);
    assertThat(failure.uri()).isEqualTo(uri);
    ref.send(new Msg.Tick(1));
    Eventually.awaitEqual(1, () -> lab.watcher(server()).dropped("gone").size());
  }

  @Test
  void endpointsFromLambdas() throws Exception {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    CompletableFuture<String> later = new CompletableFuture<>();
    RpcEndpoint endpoint =
        RpcEndpoint.handling()
            .onAsk(Msg.Echo.class, echo -> "answer to " + echo.text())
            .onAsk(Msg.Count.class, (count, call) -> call.reply(count.n() + 1))
            .onAskAsync(Msg.Never.class, never -> later)
            .onSend(Msg.Tick.class, tick -> sent.complete(tick.n()))
            .build();
    RpcEndpointRef ref = host("lambdas", endpoint);
    assertThat(ref.askSync(new Msg.Echo("q"))).isEqualTo("answer to q");
    assertThat(ref.askSync(new Msg.Count(1))).isEqualTo(2);
    RpcFuture<String> never = ref.ask(new Msg.Never());
    later.complete("after all");
    assertThat(Failures.reply(never)).isEqualTo("after all");
    ref.send(new Msg.Tick(5));
    assertThat(Failures.reply(sent)).isEqualTo(5);
    assertThat(Failures.of(ref.ask(new Msg.Give(1)), RpcRemoteException.class))
        .hasMessageContaining("Give");
  }

  @Test
  void aFailingStageFailsTheAsk() throws Exception {
    RpcEndpoint endpoint =
        RpcEndpoint.handling()
            .onAskAsync(
                Msg.Echo.class,
                echo -> CompletableFuture.<String>failedFuture(new IllegalStateException("stage")))
            .build();
    RpcEndpointRef ref = host("stage", endpoint);
    assertThat(Failures.of(ref.ask(new Msg.Echo("x")), RpcRemoteException.class))
        .hasMessageContaining("stage");
  }

  @Test
  void repliesKeepTheirContent() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    for (int size : List.of(0, 1, 4095, 4096, 4097, 20_000, 300_000)) {
      byte[] reply = ref.askSync(new Msg.Give(size));
      assertThat(Arrays.equals(reply, new byte[size])).as("reply of %s bytes", size).isTrue();
      assertThat(ref.askSync(new Msg.Blob(new byte[size]), Duration.ofSeconds(10))).isEqualTo(size);
    }
  }
}
