// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The failure table of the design, row by row, and the golden texts of its exceptions. */
@Timeout(10)
class FailureTableTest {

  private static final String KEY = "rpc.message.maxSize";

  static Stream<Arguments> rows() {
    Exception cause = new Exception("boom");
    return Stream.of(
        arguments(
            "refused, unknown host", new RpcConnectionException("m", cause, false), true, false),
        arguments("connection lost", new RpcConnectionException("m", null, true), true, true),
        arguments(
            "no such endpoint", new RpcEndpointNotFoundException("rpc://e@h:1"), false, false),
        arguments("endpoint stopped", new RpcEndpointStoppedException("e"), false, false),
        arguments("a bound was reached", new RpcOverloadedException("m"), true, false),
        arguments("request too large", tooLarge(RpcDirection.REQUEST), false, false),
        arguments("request not serializable", notSerializable(RpcDirection.REQUEST), false, false),
        arguments("reply too large", tooLarge(RpcDirection.REPLY), false, true),
        arguments("reply not serializable", notSerializable(RpcDirection.REPLY), false, true),
        arguments(
            "handler failed", new RpcRemoteException("X", null, List.of(), null), false, true),
        arguments("reply of another type", new RpcUnexpectedReplyException("A", "B"), false, true),
        arguments("timeout in the outbox", new RpcTimeoutException("m", false), true, false),
        arguments("timeout after writing", new RpcTimeoutException("m", true), true, true),
        arguments("this env stopped", new RpcEnvStoppedException("env", false), false, false),
        arguments(
            "this env stopped, written", new RpcEnvStoppedException("env", true), false, true),
        arguments("aborted", new RpcAbortedException(cause, false), false, false),
        arguments("aborted, written", new RpcAbortedException(cause, true), false, true));
  }

  private static RpcException tooLarge(RpcDirection direction) {
    return new RpcMessageTooLargeException(2, 1, KEY, RpcSide.LOCAL, direction);
  }

  private static RpcException notSerializable(RpcDirection direction) {
    return new RpcSerializationException("m", "java.lang.Thread", "Job.t", direction, null);
  }

  /** failure table */
  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void tellsWhetherToRetryAndWhetherItMayHaveExecuted(
      String row, RpcException failure, boolean retriable, boolean mayHaveExecuted) {
    assertThat(failure.retriable()).as(row).isEqualTo(retriable);
    assertThat(failure.mayHaveExecuted()).as(row).isEqualTo(mayHaveExecuted);
  }

  /** failure table: no exception of ours is without a row. */
  @Test
  void everyFailureHasARow() {
    List<Class<?>> shown = rows().<Class<?>>map(row -> row.get()[1].getClass()).distinct().toList();
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.asList(RpcException.class.getPermittedSubclasses()));
  }

  @Test
  void anUnknownEndpointIsNamedByItsWholeUri() {
    RpcEndpointNotFoundException failure = new RpcEndpointNotFoundException("rpc://e%2Ff@h:1");
    assertThat(failure).hasMessage("Cannot find endpoint: rpc://e%2Ff@h:1");
    assertThat(failure.uri()).isEqualTo("rpc://e%2Ff@h:1");
  }

  @Test
  void aTooLargeMessageTellsSizeLimitKeyAndSide() {
    RpcMessageTooLargeException known =
        new RpcMessageTooLargeException(
            135_266_304, 134_217_728, KEY, RpcSide.PEER, RpcDirection.REQUEST);
    assertThat(known)
        .hasMessage(
            "request too large: 135266304 bytes (expected: at most 134217728 bytes,"
                + " rpc.message.maxSize of the peer side)");
    RpcMessageTooLargeException unknown =
        new RpcMessageTooLargeException(
            RpcMessageTooLargeException.UNKNOWN_SIZE, 10, KEY, RpcSide.LOCAL, RpcDirection.REPLY);
    assertThat(unknown)
        .hasMessage(
            "reply too large: >10 bytes (expected: at most 10 bytes,"
                + " rpc.message.maxSize of the local side)");
    assertThat(unknown.size()).isEqualTo(-1);
    assertThat(unknown.limit()).isEqualTo(10);
    assertThat(unknown.key()).isEqualTo(KEY);
    assertThat(unknown.side()).isEqualTo(RpcSide.LOCAL);
    assertThat(unknown.direction()).isEqualTo(RpcDirection.REPLY);
  }

  @Test
  void aSerializationFailureTellsTypeAndPath() {
    RpcSerializationException failure =
        new RpcSerializationException("m", "java.lang.Thread", "Job.t", RpcDirection.REPLY, null);
    assertThat(failure).hasMessage("m").hasNoCause();
    assertThat(failure.typeName()).isEqualTo("java.lang.Thread");
    assertThat(failure.path()).isEqualTo("Job.t");
    assertThat(failure.direction()).isEqualTo(RpcDirection.REPLY);
  }

  @Test
  void aRemoteFailureIsDataAndShowsTheRemoteStack() {
    StackTraceElement frame = new StackTraceElement("com.acme.Handler", "run", "Handler.java", 7);
    RpcRemoteException inner = new RpcRemoteException("B", null, List.of(), null);
    RpcRemoteException failure = new RpcRemoteException("com.acme.A", "no", List.of(frame), inner);
    assertThat(failure).hasMessage("com.acme.A: no").hasCause(inner);
    assertThat(failure.remoteClassName()).isEqualTo("com.acme.A");
    assertThat(failure.remoteMessage()).isEqualTo("no");
    assertThat(failure.remoteStack()).containsExactly(frame);
    assertThat(failure.getStackTrace()).containsExactly(frame);
    assertThat(inner).hasMessage("B");
    assertThat(inner.remoteMessage()).isNull();
    assertThat(inner.remoteStack()).isEmpty();
  }

  @Test
  void whatComesInFloodsCarriesNoStack() {
    assertThat(new RpcOverloadedException("m").getStackTrace()).isEmpty();
    assertThat(new RpcTimeoutException("m", true).getStackTrace()).isEmpty();
    assertThat(new RpcAbortedException(new InterruptedException(), true).getStackTrace())
        .isNotEmpty();
  }

  @Test
  void aTimeoutTakesTheStackOfWhoThrowsIt() {
    RpcTimeoutException timedOut = new RpcTimeoutException("m", true);
    assertThat(timedOut.fillInStackTrace()).isSameAs(timedOut);
    assertThat(timedOut.getStackTrace()[0].getMethodName())
        .isEqualTo("aTimeoutTakesTheStackOfWhoThrowsIt");
  }

  @Test
  void theOtherTextsNameWhatHappenedToWhat() {
    Exception cause = new Exception("boom");
    assertThat(new RpcEndpointStoppedException("e", cause))
        .hasMessage("Endpoint [e] is stopped")
        .hasCause(cause);
    assertThat(new RpcEndpointStoppedException("e").endpoint()).isEqualTo("e");
    assertThat(new RpcEnvStoppedException("env", true)).hasMessage("RpcEnv [env] is stopped");
    assertThat(new RpcEnvStoppedException("env", true).envName()).isEqualTo("env");
    assertThat(new RpcUnexpectedReplyException("java.lang.String", "java.lang.Integer"))
        .hasMessage("reply: java.lang.Integer (expected: java.lang.String)");
    assertThat(new RpcAbortedException(cause, true))
        .hasMessage("Aborted: java.lang.Exception: boom")
        .hasCause(cause);
  }
}
