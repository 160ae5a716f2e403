// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RPC-29: URIs of endpoints are read and printed, whatever the endpoint's name. */
@Timeout(10)
class RpcEndpointAddressTest {

  private static final RpcAddress ADDRESS = RpcAddress.of("localhost", 7077);

  @ParameterizedTest
  @CsvSource({
    "greeter, greeter",
    "endpoint-verifier, endpoint-verifier",
    "a.b_c~d-1, a.b_c~d-1",
    "two words, two%20words",
    "a@b, a%40b",
    "a/b, a%2Fb",
    "a:b, a%3Ab",
    "100%, 100%25",
    "%41, %2541",
    "größe, gr%C3%B6%C3%9Fe",
    "名, %E5%90%8D",
    "😀, %F0%9F%98%80",
  })
  void encodesNamesThatAreNoUriText(String name, String encoded) {
    RpcEndpointAddress remote = RpcEndpointAddress.of(ADDRESS, name);
    assertThat(remote).hasToString("rpc://" + encoded + "@localhost:7077");
    assertThat(RpcEndpointAddress.parse(remote.toString())).isEqualTo(remote);
    RpcEndpointAddress client = RpcEndpointAddress.ofClient(name);
    assertThat(client).hasToString("rpc-client://" + encoded);
    assertThat(RpcEndpointAddress.parse(client.toString())).isEqualTo(client);
  }

  @Test
  void everyNameComesBack() {
    Random random = new Random(29);
    for (int i = 0; i < 20_000; i++) {
      String name = randomName(random);
      RpcEndpointAddress remote =
          RpcEndpointAddress.of(RpcAddress.of("fe80::1%eth0", 1 + random.nextInt(65535)), name);
      assertThat(RpcEndpointAddress.parse(remote.toString())).isEqualTo(remote);
      RpcEndpointAddress client = RpcEndpointAddress.ofClient(name);
      assertThat(RpcEndpointAddress.parse(client.toString())).isEqualTo(client);
    }
  }

  private static String randomName(Random random) {
    String special = " @/:%?#[]+&=~._-\\\"<>{}|^`'";
    StringBuilder name = new StringBuilder();
    IntStream.rangeClosed(0, random.nextInt(20))
        .map(i -> random.nextInt(4))
        .forEach(
            kind -> {
              switch (kind) {
                case 0 -> name.append(special.charAt(random.nextInt(special.length())));
                case 1 -> name.append((char) ('a' + random.nextInt(26)));
                case 2 -> name.append((char) (0xa1 + random.nextInt(0x3000)));
                default -> name.appendCodePoint(0x1f300 + random.nextInt(0x200));
              }
            });
    return name.toString();
  }

  @Test
  void acceptsTheSparkScheme() {
    assertThat(RpcEndpointAddress.parse("spark://greeter@localhost:7077"))
        .isEqualTo(RpcEndpointAddress.of(ADDRESS, "greeter"));
  }

  @Test
  void theLastAtSignSeparates() {
    RpcEndpointAddress address = RpcEndpointAddress.parse("rpc://a b@c/d@localhost:7077");
    assertThat(address.name()).isEqualTo("a b@c/d");
    assertThat(address.address()).contains(ADDRESS);
  }

  @Test
  void aClientEndpointHasNoAddress() {
    RpcEndpointAddress address = RpcEndpointAddress.parse("rpc-client://greeter");
    assertThat(address.address()).isEmpty();
    assertThat(address.name()).isEqualTo("greeter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "greeter",
        "greeter@localhost:7077",
        "http://greeter@localhost:7077",
        "rpc://localhost:7077",
        "rpc://greeter@localhost",
        "rpc://greeter@",
        "rpc://greeter@:7077",
        "rpc://greeter@localhost:x",
        "rpc://greeter@::1:80",
        "rpc-client://greeter@localhost:7077",
        "spark-client://greeter",
      })
  void refusesTextsOfOtherForms(String uri) {
    assertThatThrownBy(() -> RpcEndpointAddress.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("uri: " + uri + " (expected: rpc");
  }

  @Test
  void errorsNameTheFaultyPart() {
    assertThatThrownBy(() -> RpcEndpointAddress.parse("rpc://greeter@localhost:70000"))
        .hasMessage("port: 70000 (expected: 1..65535)");
    assertThatThrownBy(() -> RpcEndpointAddress.parse("rpc://@localhost:7077"))
        .hasMessage("name:  (expected: not empty)");
    assertThatThrownBy(() -> RpcEndpointAddress.parse("rpc-client://"))
        .hasMessage("name:  (expected: not empty)");
    assertThatThrownBy(() -> RpcEndpointAddress.parse("rpc-client://a%0Ab"))
        .hasMessage("name: a\\u000ab (expected: no control characters)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%", "a%4", "a%4x", "a%x4", "%+41"})
  void refusesHalfEscapes(String name) {
    assertThatThrownBy(() -> RpcEndpointAddress.parse("rpc-client://" + name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: " + name + " (expected: two hexadecimal digits after each %)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%ff", "%C3", "%C0%80", "%ED%A0%80"})
  void refusesEscapesThatAreNoUtf8(String name) {
    assertThatThrownBy(() -> RpcEndpointAddress.parse("rpc-client://" + name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: " + name + " (expected: escapes that are UTF-8)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\n", "tab\there", "\u007f", "\u0085"})
  void refusesControlCharacters(String name) {
    assertThatThrownBy(() -> RpcEndpointAddress.ofClient(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(expected: no control characters)")
        .message()
        .matches("\\P{Cntrl}*");
  }

  @Test
  void namesHaveAtMost1024BytesOfUtf8() {
    assertThat(RpcEndpointAddress.ofClient("a".repeat(1024)).name()).hasSize(1024);
    assertThat(RpcEndpointAddress.ofClient("ö".repeat(512)).name()).hasSize(512);
    assertThatThrownBy(() -> RpcEndpointAddress.ofClient("a".repeat(1025)))
        .hasMessage("name: " + "a".repeat(80) + "... (expected: at most 1024 bytes of UTF-8)");
    assertThatThrownBy(() -> RpcEndpointAddress.ofClient("ö".repeat(513)))
        .hasMessageEndingWith("(expected: at most 1024 bytes of UTF-8)");
  }

  @Test
  void refusesUnpairedSurrogates() {
    assertThatThrownBy(() -> RpcEndpointAddress.ofClient("a\ud800b"))
        .hasMessageEndingWith("(expected: text without unpaired surrogates)");
  }

  @Test
  void theVerifiersNameIsReserved() {
    assertThat(EndpointNames.require(EndpointNames.VERIFIER)).isEqualTo("endpoint-verifier");
    assertThatThrownBy(() -> EndpointNames.requireUser("endpoint-verifier"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: endpoint-verifier (expected: not a reserved name)");
    assertThat(EndpointNames.requireUser("greeter")).isEqualTo("greeter");
  }
}
