// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arguments that are null or not allowed are refused at once, by their name. */
@Timeout(20)
@SuppressWarnings("NullAway") // on purpose
class ArgumentsTest {

  private final RpcEnv env = RpcEnv.builder("arguments").build();

  @AfterEach
  void close() {
    env.close();
  }

  private static final class Plain extends RpcEndpoint {}

  private static void refused(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": null (expected: ")
        .hasMessageEndingWith(")");
  }

  @Test
  void anEndpointsNullsAreNamed() {
    refused("name", () -> env.setupEndpoint(null, new Plain()));
    refused("name", () -> env.setupEndpoint(null, new Plain(), EndpointOptions.serial()));
    refused("endpoint", () -> env.setupEndpoint("e", null));
    refused("endpoint", () -> env.setupEndpoint("e", null, EndpointOptions.serial()));
    refused("options", () -> env.setupEndpoint("e", new Plain(), null));
    refused("options", () -> env.setupEndpoint("e", optionless()));
    refused("ref", () -> env.stop(null));
    assertThat(env.stats().endpoints()).noneMatch(e -> e.name().equals("e"));
  }

  private static RpcEndpoint optionless() {
    return new RpcEndpoint() {
      @Override
      public EndpointOptions options() {
        return null;
      }
    };
  }

  @Test
  void aLookUpsNullsAreNamed() {
    refused("uri", () -> env.setupEndpointRefByURI(null));
    refused("uri", () -> env.asyncSetupEndpointRefByURI(null));
    refused("address", () -> env.setupEndpointRef(null, "e"));
    refused("name", () -> env.setupEndpointRef(RpcAddress.of("h", 1), null));
  }

  @Test
  void aCallsNullsAreNamed() {
    RpcEndpointRef ref = env.setupEndpoint("e", new Plain());
    RetryPolicy none = null;
    refused("policy", () -> ref.askWithRetry("m", String.class, none));
    refused("message", () -> ref.send(null));
  }

  @Test
  void aBuildersNullsAreNamed() {
    refused("name", () -> RpcEnv.builder(null));
    RpcEnv.Builder builder = RpcEnv.builder("b");
    refused("host", () -> builder.listen(null, 1));
    refused("host", () -> builder.advertise(null, 1));
    refused("conf", () -> builder.conf(null));
    refused("listener", () -> builder.listener(null));
    refused("classLoader", () -> builder.classLoader(null));
    refused("classes", () -> builder.messages((Class<?>[]) null));
    refused("classes[1]", () -> builder.messages(String.class, null));
    refused("lookup", () -> builder.messages((MethodHandles.Lookup) null, String.class));
    refused("classes", () -> builder.messages(MethodHandles.lookup(), (Class<?>[]) null));
  }

  @Test
  void anAddresssNullsAreNamed() {
    refused("host", () -> RpcAddress.of(null, 1));
    refused("address", () -> RpcAddress.parse(null));
    refused("uri", () -> RpcEndpointAddress.parse(null));
    refused("address", () -> RpcEndpointAddress.of(null, "e"));
    refused("name", () -> RpcEndpointAddress.ofClient(null));
  }

  @Test
  void optionsNullsAreNamed() {
    refused("executor", () -> EndpointOptions.serial().withExecutor(null));
    refused("interval", () -> RetryPolicy.attempts(1).withInterval(null));
    refused("attemptTimeout", () -> RetryPolicy.attempts(1).withAttemptTimeout(null));
  }
}
