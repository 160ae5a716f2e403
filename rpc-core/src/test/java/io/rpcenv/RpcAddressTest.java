// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RPC-29: addresses are read and printed; IPv6 has one form; bad ones give clear errors. */
@Timeout(10)
class RpcAddressTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:7077, localhost, 7077",
    "rpc://localhost:7077, localhost, 7077",
    "spark://localhost:7077, localhost, 7077",
    "RPC://localhost:7077, localhost, 7077",
    "my_host-1.example.org:1, my_host-1.example.org, 1",
    "example.org.:65535, example.org., 65535",
    "123456789012:80, 123456789012, 80",
    "10.0.0.255:80, 10.0.0.255, 80",
    "[::1]:80, ::1, 80",
    "rpc://[FE80:0:0:0::1%eth0]:80, fe80::1%eth0, 80",
  })
  void readsTextsOfAllForms(String text, String host, int port) {
    RpcAddress address = RpcAddress.parse(text);
    assertThat(address).isEqualTo(new RpcAddress(host, port));
    assertThat(address.host()).isEqualTo(host);
    assertThat(RpcAddress.parse(address.toString())).isEqualTo(address);
  }

  /** The examples of RFC 5952 sections 2 and 4, and SPARK-58719 (hexadecimal digits). */
  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::ABCD:EF01, 2001:db8::abcd:ef01",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "::ffff:c000:0201, ::ffff:192.0.2.1",
    "::FFFF:192.0.2.1, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "fe80::1%7, fe80::1%7",
    "fe80::1%eth0.100, fe80::1%eth0.100",
  })
  void writesIpv6InOneForm(String given, String written) {
    assertThat(RpcAddress.of(given, 80).host()).isEqualTo(written);
    assertThat(RpcAddress.of("[" + given + "]", 80)).isEqualTo(RpcAddress.of(given, 80));
    assertThat(RpcAddress.of(given, 80)).hasToString("[" + written + "]:80");
  }

  @Test
  void everyIpv6LiteralKeepsItsAddressAndPrintsTheSameAgain() throws UnknownHostException {
    Random random = new Random(29);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = randomAddress(random);
      String longForm = Inet6Address.getByAddress(null, bytes, -1).getHostAddress();
      String host = RpcAddress.of(longForm, 1).host();
      assertThat(host.length()).isLessThanOrEqualTo(longForm.length());
      assertThat(sixteenBytes(host)).as(host).isEqualTo(bytes);
      assertThat(RpcAddress.parse("[" + host + "]:1").host()).isEqualTo(host);
    }
  }

  /** Many zero groups, so that each place of the gap occurs. */
  private static byte[] randomAddress(Random random) {
    byte[] bytes = new byte[16];
    for (int group = 0; group < 8; group++) {
      if (random.nextInt(3) == 0) {
        bytes[2 * group] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
        bytes[2 * group + 1] = (byte) random.nextInt();
      }
    }
    return bytes;
  }

  /** A literal, so there is no look-up. */
  private static byte[] sixteenBytes(String literal) throws UnknownHostException {
    byte[] bytes = InetAddress.getByName(literal).getAddress();
    if (bytes.length == 16) {
      return bytes;
    }
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, mapped, 12, 4);
    return mapped;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a..b",
        ".a",
        "host/",
        "http://host",
        "h@st",
        "höst",
        "[host]",
        "[]",
        "[::1",
        "1.2.3",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.4.5",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::1",
        "::1%",
        "::1%a b",
        "1.2.3.4::",
        "::256.1.1.1",
        "::1.2.3.4:5",
        "-1::",
        "a\nb",
        "::1]"
      })
  void refusesWhatIsNoHost(String host) {
    assertThatThrownBy(() -> RpcAddress.of(host, 80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("host: ")
        .hasMessageContaining("(expected: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesNamesThatAreTooLong() {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "a".repeat(63);
    assertThat(RpcAddress.of(longest, 1).host()).isEqualTo(longest);
    assertThatThrownBy(() -> RpcAddress.of(longest + ".b", 1)).hasMessageStartingWith("host: aaa");
    assertThatThrownBy(() -> RpcAddress.of(label + "a", 1)).hasMessageStartingWith("host: aaa");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65536, 70000, Integer.MAX_VALUE})
  void refusesPortsOutOfRange(int port) {
    assertThatThrownBy(() -> RpcAddress.of("localhost", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port: " + port + " (expected: 1..65535)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:",
        ":80",
        "localhost:x",
        "localhost:+80",
        "localhost:-1",
        "localhost:80/",
        "localhost:1234567890",
        "::1:80",
        "[::1]",
        "rpc://",
        "rpc://host",
      })
  void refusesTextsOfOtherForms(String text) {
    assertThatThrownBy(() -> RpcAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "address: "
                + text
                + " (expected: host:port or rpc://host:port, an IPv6 host in brackets)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:80", "rpc-client://x:80", "rpc://e@localhost:80"})
  void refusesOtherSchemesAndEndpoints(String text) {
    assertThatThrownBy(() -> RpcAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void refusesPortsOutOfRangeInTexts() {
    assertThatThrownBy(() -> RpcAddress.parse("localhost:70000"))
        .hasMessage("port: 70000 (expected: 1..65535)");
  }
}
