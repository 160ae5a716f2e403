// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcTimeout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad arguments get errors that name argument, value and what is expected. */
public abstract class BadInputContract extends Contract {

  private static void refused(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void aPortOutOfRange() {
    for (int port : new int[] {70000, 65536, -1}) {
      refused("port: " + port, () -> RpcEnv.builder("x").listen("localhost", port));
      refused("port: " + port, () -> RpcAddress.of("localhost", port));
      refused("port: " + port, () -> RpcEnv.builder("x").advertise("localhost", port));
    }
    refused("port: 0", () -> RpcAddress.of("localhost", 0));
  }

  @Test
  void anEmptyHost() {
    refused("host: ", () -> RpcEnv.builder("x").listen("", 0));
    refused("host: ", () -> RpcAddress.of("", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ä"})
  void anEnvNameThatCannotBePartOfAThreadsName(String name) {
    refused("name: " + name, () -> RpcEnv.builder(name));
  }

  @Test
  void advertiseWithoutListen() {
    refused("advertise: ", () -> RpcEnv.builder("x").advertise("localhost", 7077).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "line\nbreak", "\u0000"})
  void anEndpointNameThatIsNone(String name) {
    refused("name: ", () -> server().setupEndpoint(name, new Servant()));
  }

  /** RPC-05: the name of the built-in verifier is reserved. */
  @Test
  void theVerifiersNameIsReserved() {
    refused(
        "name: endpoint-verifier",
        () -> server().setupEndpoint("endpoint-verifier", new Servant()));
  }

  /** RPC-29: what else may stand in a name. */
  @ParameterizedTest
  @ValueSource(strings = {"with space", "at@sign", "slash/ed", "größe", "名前", "a%20b"})
  void anEndpointNameWithOddCharactersWorks(String name) {
    RpcEndpointRef ref = host(name, new Servant());
    assertThat(ref.name()).isEqualTo(name);
    assertThat(ref.askSync(new Msg.Echo("x"))).isEqualTo("x");
    assertThat(ref.askSync(new Msg.WhoAreYou())).isEqualTo(ref);
  }

  @Test
  void aMessageThatIsNull() {
    RpcEndpointRef ref = host("e", new Servant());
    Object none = null;
    refused("message: null", () -> ref.send(none));
    refused("message: null", () -> ref.ask(none, String.class));
    refused("null", () -> ref.ask((Msg.Echo) null));
    refused("null", () -> ref.askSync((Msg.Echo) null, LONG));
    refused("null", () -> ref.askWithRetry((Msg.Echo) null, RetryPolicy.attempts(1)));
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  @Test
  void twoEndpointsOfOneName() {
    RpcEndpointRef ref = host("e", new Servant());
    assertThatThrownBy(() -> server().setupEndpoint("e", new Servant()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name: e")
        .hasMessageContaining("(expected: ");
    assertThat(ref.askSync(new Msg.Echo("first"))).isEqualTo("first");
  }

  @Test
  void oneEndpointRegisteredTwice() {
    Servant servant = new Servant();
    RpcEndpointRef ref = host("e", servant);
    assertThatThrownBy(() -> server().setupEndpoint("again", servant))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(expected: ");
    assertThat(ref.askSync(new Msg.Echo("first"))).isEqualTo("first");
    RpcEndpointRef free = host("again", new Servant());
    assertThat(free.askSync(new Msg.Echo("name is free"))).isEqualTo("name is free");
  }

  /** An endpoint that was refused for its name can still be registered under another. */
  @Test
  void anEndpointRefusedForItsNameIsNotBound() {
    host("e", new Servant());
    Servant servant = new Servant();
    assertThatThrownBy(() -> server().setupEndpoint("e", servant))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(host("f", servant).askSync(new Msg.Echo("x"))).isEqualTo("x");
  }

  @Test
  void anotherEnvsRefToStop() {
    RpcEnv other = lab.env("other").open();
    RpcEndpointRef foreign = other.setupEndpoint("e", new Servant());
    server().setupEndpoint("e", new Servant());
    assertThatThrownBy(() -> server().stop(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ref: ")
        .hasMessageContaining("(expected: ");
    assertThat(foreign.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "e", "http://e@localhost:1", "rpc://localhost:1", "rpc://e@localhost:70000"})
  void aUriThatIsNone(String uri) {
    assertThatThrownBy(() -> server().setupEndpointRefByURI(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
    assertThatThrownBy(() -> server().asyncSetupEndpointRefByURI(uri))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void optionsOutOfRange() {
    EndpointOptions serial = EndpointOptions.serial();
    refused("parallelism: 0", () -> serial.withParallelism(0));
    refused("inboxCapacity: 0", () -> serial.withInboxCapacity(0));
    refused(
        "parallelism: 2",
        () -> serial.withParallelism(2).withExecutor(EndpointExecutor.EVENT_LOOP));
    refused("attempts: 0", () -> RetryPolicy.attempts(0));
    refused("duration: ", () -> RpcTimeout.of(Duration.ZERO));
  }

  /** The nearest key is named. */
  @Test
  void anUnknownKeyOrABadValue() {
    assertThatThrownBy(() -> RpcConf.builder().map(Map.of("rpc.askTimeuot", "1s")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rpc.askTimeuot")
        .hasMessageContaining("rpc.askTimeout");
    for (List<String> bad :
        List.of(
            List.of("rpc.askTimeout", "-1s"),
            List.of("rpc.askTimeout", "soon"),
            List.of("rpc.numRetries", "-1"),
            List.of("rpc.message.maxSize", "2048m"))) {
      assertThatThrownBy(() -> RpcConf.builder().map(Map.of(bad.get(0), bad.get(1))).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.get(0))
          .hasMessageContaining(bad.get(1))
          .hasMessageContaining("expected");
    }
  }
}
