// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ListeningTest {

  private static Listening of(String... args) throws CommandException {
    return Listening.of(Options.parse(List.of(args), Listening.NAMES, Listening.FLAGS), 7077);
  }

  @Test
  void isLoopbackIfNothingIsSaid() throws CommandException {
    assertThat(of().host()).isEqualTo("127.0.0.1");
    assertThat(of().port()).isEqualTo(7077);
    assertThat(of().warning()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.5.5.5", "::1", "[::1]"})
  void takesLoopbackAddresses(String host) throws CommandException {
    assertThat(of("--host", host).warning()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.1", "example.com", "127.evil.example"})
  void refusesOtherAddressesUnlessToldTo(String host) throws CommandException {
    assertThatThrownBy(() -> of("--host", host))
        .hasMessage(
            "--host: "
                + host
                + " (expected: a loopback address such as 127.0.0.1, or --insecure-bind as well)");
    assertThat(of("--host", host, "--insecure-bind").warning())
        .hasValueSatisfying(text -> assertThat(text).startsWith("WARNING").contains(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.0.1", "127.0.0.2"})
  void isHandedOn(String host) throws CommandException {
    String[] arguments = Listening.arguments(host).toArray(String[]::new);

    assertThat(of(arguments).host()).isEqualTo(host);
  }
}
