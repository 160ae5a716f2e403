// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 6, errors of one message stay with it: RPC-10, RPC-13, RPC-20. */
public abstract class ErrorContract extends Contract {

  /** RPC-10 */
  @Test
  void whatReceiveAndOnStopThrowGoesToOnError() throws Exception {
    Recorder recorder =
        new Recorder() {
          @Override
          public void receive(Object message) throws Exception {
            throw new IllegalStateException("in receive");
          }

          @Override
          public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
            throw new java.io.IOException("in receiveAndReply");
          }

          @Override
          public void onStop() throws Exception {
            throw new IllegalStateException("in onStop");
          }
        };
    RpcEndpointRef ref = host("e", recorder);
    ref.send(new Msg.Tick(1));
    Failures.of(ref.ask(new Msg.Echo("x")), RpcRemoteException.class);
    recorder.stop();
    Eventually.awaitEqual(
        List.of("in receive", "in receiveAndReply", "in onStop"),
        () -> recorder.errors().stream().map(Throwable::getMessage).toList());
  }

  /** RPC-10 */
  @Test
  void whatOnErrorThrowsIsIgnored() throws Exception {
    Servant servant =
        new Servant() {
          @Override
          public void onError(Throwable cause) throws Exception {
            super.onError(cause);
            throw new IllegalStateException("in onError");
          }
        };
    RpcEndpointRef ref = host("e", servant);
    for (int i = 0; i < 3; i++) {
      RpcRemoteException failure =
          Failures.of(ref.ask(new Msg.Fail("as asked")), RpcRemoteException.class);
      assertThat(failure.remoteMessage()).isEqualTo("as asked");
    }
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
    assertThat(servant.errors()).hasSize(3);
  }

  /** RPC-13 */
  @Test
  void anUnsupportedMessageReachesOnErrorAndTheAsker() throws Exception {
    Recorder recorder = new Recorder();
    RpcEndpointRef ref = host("picky", recorder);
    RpcRemoteException failure = Failures.of(ref.ask(new Msg.Count(1)), RpcRemoteException.class);
    Failures.row(failure, false, true);
    assertThat(failure.remoteClassName()).isEqualTo(UnsupportedOperationException.class.getName());
    assertThat(failure).hasMessageContaining("Count").hasMessageContaining("picky");
    Eventually.awaitEqual(1, () -> recorder.errors().size());
    assertThat(recorder.errors().get(0)).isInstanceOf(UnsupportedOperationException.class);
  }

  /** RPC-13, for a message that is sent. */
  @Test
  void anUnsupportedSendReachesOnError() {
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    RpcEndpoint silent =
        new RpcEndpoint() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            call.reply("alive");
          }

          @Override
          public void onError(Throwable cause) {
            errors.add(cause);
          }
        };
    RpcEndpointRef ref = host("picky", silent);
    ref.send(new Msg.Tick(7));
    Eventually.awaitEqual(1, errors::size);
    assertThat(errors.get(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** RPC-20, SPARK_27496_fatalRepliedToSender, SPARK_32738_endpointSurvivesOom */
  @ParameterizedTest
  @CsvSource({
    "stack, java.lang.StackOverflowError",
    "memory, java.lang.OutOfMemoryError",
    "error, java.lang.AssertionError"
  })
  void anErrorIsAnsweredAndTheEndpointServesTheNextMessage(String how, String type)
      throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "2");
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    for (int i = 0; i < 4; i++) {
      RpcRemoteException failure =
          Failures.of(ref.ask(new Msg.Fail(how)), RpcRemoteException.class);
      assertThat(failure.remoteClassName()).isEqualTo(type);
      assertThat(failure.remoteMessage()).isEqualTo("as asked");
    }
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** RPC-20: as many fatal errors at once as there are dispatcher threads. */
  @Test
  void fatalErrorsOnEveryDispatcherThreadLeaveAllElseAlive() throws Exception {
    lab.serverConf("rpc.netty.dispatcher.numThreads", "2");
    RpcEndpointRef bystander = host("bystander", new Servant());
    List<RpcFuture<String>> failing = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RpcEndpointRef ref = host("fatal" + i, new Servant());
      failing.add(ref.ask(new Msg.Fail("stack")));
      ref.send(new Msg.Tick(i));
    }
    for (RpcFuture<String> ask : failing) {
      Failures.of(ask, RpcRemoteException.class);
    }
    assertThat(bystander.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** RPC-20, AKKA_21343_badMessageKeepsLink: the messages around a failing one are handled. */
  @Test
  void messagesAroundAFailingOneAreHandled() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    List<RpcFuture<?>> asks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      asks.add(i % 3 == 1 ? ref.ask(new Msg.Fail("no " + i)) : ref.ask(new Msg.Count(i)));
    }
    for (int i = 0; i < 300; i++) {
      if (i % 3 == 1) {
        assertThat(Failures.of(asks.get(i), RpcRemoteException.class))
            .hasMessageContaining("no " + i);
      } else {
        assertThat(Failures.reply(asks.get(i))).isEqualTo(i);
      }
    }
  }

  /** A handler that throws after answering only reaches onError. */
  @Test
  void whatAHandlerThrowsAfterItsAnswerReachesOnlyOnError() {
    Recorder recorder =
        new Recorder() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
            super.receiveAndReply(message, call);
            throw new IllegalStateException("after the answer");
          }
        };
    RpcEndpointRef ref = host("e", recorder);
    assertThat(ref.askSync(new Msg.Echo("answer"))).isEqualTo("answer");
    Eventually.awaitEqual(1, () -> recorder.errors().size());
    assertThat(recorder.errors().get(0)).hasMessage("after the answer");
  }

  /** A failure whose own accessors fail is answered at once, too, and reaches onError. */
  @ParameterizedTest
  @EnumSource
  void aFailureThatCannotBeReadIsAnswered(BadFailure.Fault fault) throws Exception {
    BadFailure thrown = new BadFailure(fault);
    Recorder recorder =
        new Recorder() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
            if (message instanceof Msg.Never) {
              throw thrown;
            }
            super.receiveAndReply(message, call);
          }
        };
    RpcEndpointRef ref = host("e", recorder);
    RpcRemoteException failure = Failures.of(ref.ask(new Msg.Never()), RpcRemoteException.class);
    assertThat(failure.remoteClassName()).isEqualTo(BadFailure.class.getName());
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
    assertThat(recorder.errors()).hasSize(1);
    assertThat(recorder.errors().get(0) == thrown).isTrue();
  }
}
