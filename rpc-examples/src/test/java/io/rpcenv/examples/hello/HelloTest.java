// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcRemoteException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The greeter without a network. {@code HelloIT} runs it as two processes. */
@Timeout(30)
class HelloTest {

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final List<String> log = new ArrayList<>();
  private final RpcEndpointRef greeter = env.setupEndpoint("greeter", new Greeter(log::add));

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void answersAsksAndTakesSendsInOrder() {
    assertThat(greeter.askSync(new SayHi("neo"))).isEqualTo("hi, neo");
    greeter.send(new SayBye("neo"));
    assertThat(greeter.askSync(new SayHi("trinity"))).isEqualTo("hi, trinity");

    assertThat(log).containsExactly("guest 1: neo", "bye, neo", "guest 2: trinity");
  }

  @Test
  void refusesOtherMessages() {
    assertThatThrownBy(() -> greeter.askSync("hello", String.class))
        .isInstanceOf(RpcRemoteException.class)
        .hasMessageContaining("does not support a message of class [java.lang.String]");
  }
}
