// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RPC-25, RPC-26: the URIs of files. */
@Timeout(20)
class FileUriTest {

  private static final RpcAddress ADDRESS = RpcAddress.of("host", 7077);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.txt",
        "two words",
        "100%",
        "a#b?c&d=e+f",
        "größe-日本",
        "e\u0301",
        "a\\b",
        "~*'"
      })
  void anyNameGoesThereAndBack(String name) {
    String uri = FileUri.format(ADDRESS, List.of("files", name));
    assertThat(uri).matches("rpc://host:7077/files/[A-Za-z0-9%._*-]+");
    assertThat(FileUri.parse(uri)).isEqualTo(new FileUri(ADDRESS, "/files/" + name));
  }

  @Test
  void specialCharactersAreEncodedAsUtf8() {
    assertThat(FileUri.format(ADDRESS, List.of("files", "a b+ü")))
        .isEqualTo("rpc://host:7077/files/a%20b%2B%C3%BC");
  }

  @Test
  void sparkSchemeIpv6AndUnencodedCharactersAreRead() {
    assertThat(FileUri.parse("spark://[::1]:80/jars/a b+c"))
        .isEqualTo(new FileUri(RpcAddress.of("::1", 80), "/jars/a b+c"));
  }

  @Test
  void dotsAndEmptySegmentsAreNotTheReadersBusiness() {
    assertThat(FileUri.parse("rpc://host:7077/a//../%2e%2e/").path()).isEqualTo("/a//../../");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "files/a",
        "http://host:1/files/a",
        "rpc://host:1",
        "rpc:///files/a",
        "rpc://host/files/a",
        "rpc://host:0/files/a",
        "rpc://host:1/files/a?b",
        "rpc://host:1/files/a#b",
        "rpc://host:1/files/%",
        "rpc://host:1/files/%zz",
        "rpc://host:1/files/a%2Fb",
        "rpc://host:1/files/a\nb",
        "rpc://e@host:1/files/a"
      })
  void aMalformedUriIsAnArgumentError(String uri) {
    assertThatThrownBy(() -> FileUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("uri: ")
        .hasMessageContaining("expected:");
  }

  @Test
  void aPathOfMoreThanFourKibIsAnArgumentError() {
    String fits = "rpc://host:1/" + "a".repeat(4095);
    assertThat(FileUri.parse(fits).path()).hasSize(4096);
    assertThatThrownBy(() -> FileUri.parse(fits + "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 4096 bytes");
  }
}
