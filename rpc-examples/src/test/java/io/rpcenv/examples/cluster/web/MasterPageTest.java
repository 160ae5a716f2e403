// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of the page. */
@Timeout(30)
class MasterPageTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final RpcEnv env =
      RpcEnv.builder("master").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  private final RpcEndpointRef master =
      env.setupEndpoint(MasterMessage.ENDPOINT, RpcEndpoint.handling().build());

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void isAnnouncedWithARandomToken() throws Exception {
    Path address = folder.resolve("address");
    start("--web-port=0", "--web-address-file", address.toString());

    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches(
            "Web page: http://" + Files.readString(address).strip() + "/#token=[0-9a-f]{48}\\R");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aTokenFileIsMadeForTheOwnerOnly() throws Exception {
    Path file = folder.resolve("token");

    start("--web-port=0", "--web-token-file", file.toString());
    String token = Files.readString(file).strip();

    assertThat(token).matches("[0-9a-f]{48}");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .doesNotContain(token)
        .contains("(its token is in " + file + ")");
  }

  @Test
  void aTokenFileThatIsThereIsTaken() throws Exception {
    Path file = ownFile("my-token-of-16-letters\n");

    start("--web-port=0", "--web-token-file", file.toString());

    assertThat(Files.readString(file)).isEqualTo("my-token-of-16-letters\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("my-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with blanks in it, which no header can have"})
  void aBadTokenFileIsRefused(String text) throws Exception {
    Path file = ownFile(text);

    assertThatThrownBy(() -> start("--web-port=0", "--web-token-file", file.toString()))
        .hasMessageStartingWith("--web-token-file: " + file + " (expected: a file with 16 to 256");
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw--w----"})
  void aTokenFileThatOthersCanReadOrChangeIsRefused(String permissions) throws Exception {
    Path file = ownFile("my-token-of-16-letters\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> start("--web-port=0", "--web-token-file", file.toString()))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--web-token-file: %s (expected: a file that only its owner can read: chmod 600 %s)"
                .formatted(file, file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void anIpv6AddressMayBeWrittenAsInAUrl(String host) throws Exception {
    start("--web-port=0", "--web-host=" + host);

    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Web page: http://[::1]:");
  }

  private Path ownFile(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void offMeansNoPage() throws Exception {
    start("--web-port", "off");

    assertThat(out.size()).isZero();
    assertThat(env.stats().endpoints()).extracting(e -> e.name()).doesNotContain("Monitor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "-1", "65536", "8080x"})
  void aBadPortIsRefused(String port) {
    assertThatThrownBy(() -> start("--web-port", port))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith("--web-port: " + port + " (expected: ");
  }

  @Test
  void aTakenPortIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> start("--web-port", Integer.toString(port)))
          .hasMessage(
              "--web-port: "
                  + port
                  + " (expected: a free port at 127.0.0.1; 0: any free one, off: no page)");
    }
  }

  @Test
  void anotherAddressNeedsToBeInsistedOnAndIsWarnedAbout() throws Exception {
    assertThatThrownBy(() -> start("--web-port=0", "--web-host=0.0.0.0"))
        .hasMessageContaining("--web-host: 0.0.0.0 (expected: a loopback address");

    start("--web-port=0", "--web-host=0.0.0.0", "--insecure-bind");

    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("WARNING: the web page is at");
  }

  private void start(String... args) throws Exception {
    Options options = Options.parse(List.of(args), MasterPage.NAMES, Set.of("--insecure-bind"));
    try (MasterPage page = MasterPage.start(options, env, master)) {
      page.warn(new PrintStream(err, true, StandardCharsets.UTF_8));
      page.announce(new PrintStream(out, true, StandardCharsets.UTF_8));
    }
  }
}
