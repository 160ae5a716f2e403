// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cluster.master.Master;
import io.rpcenv.examples.cluster.master.MasterSettings;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-04: a driver that is to run on a worker, on a cluster that has none. */
@Timeout(30)
class ClusterDeployTest {

  @TempDir Path folder;
  private final RpcEnv env =
      RpcEnv.builder("master").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  private final RpcEndpointRef master =
      env.setupEndpoint(
          MasterMessage.ENDPOINT,
          new Master(MasterSettings.of(Duration.ofHours(1)), System::nanoTime));

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void aDriverThatDoesNotStartStaysSubmitted() {
    assertThatThrownBy(() -> submit())
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_WORKERS))
        .hasMessageContaining("it stays submitted");
    assertThat(state().activeDrivers()).hasSize(1);
  }

  /** Its jar is served as long as submit runs. */
  @Test
  void aDriverWithAJarThatDoesNotStartIsWithdrawn() throws Exception {
    Path jar = folder.resolve("user.jar");
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
      entries.putNextEntry(new JarEntry("user.txt"));
    }

    assertThatThrownBy(() -> submit("--jar", jar.toString()))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_WORKERS))
        .hasMessageContaining("it was withdrawn");
    assertThat(state().activeDrivers()).isEmpty();
    assertThat(state().completedDrivers())
        .singleElement()
        .extracting(driver -> driver.state())
        .isEqualTo(DriverState.KILLED);
  }

  /** The worker's folder is another one, and so is where it listens. */
  @Test
  void pathsAreAbsoluteAndOptionsOfThisProcessAreLeftOut() throws Exception {
    assertThat(
            forDriver(
                "--deploy-mode=cluster",
                "--host",
                "0.0.0.0",
                "--insecure-bind",
                "--supervise",
                "--wait=3s",
                "--output",
                "out.txt",
                "index",
                "pom.xml",
                "/a"))
        .containsExactly(
            "--master=h:1",
            "{{LISTENING}}",
            "--wait=3s",
            "--output=" + Path.of("out.txt").toAbsolutePath(),
            "--",
            "index",
            Path.of("pom.xml").toAbsolutePath().toString(),
            "/a");
    assertThat(forDriver("--checkpoint=c", "stream-wordcount", "in"))
        .endsWith(
            "--checkpoint=" + Path.of("c").toAbsolutePath(),
            "--",
            "stream-wordcount",
            Path.of("in").toAbsolutePath().toString());
  }

  @Test
  void argumentsOfAProgramInAJarAreItsOwn() throws Exception {
    assertThat(
            forDriver(
                "--deploy-mode=cluster",
                "--jar",
                "a.jar",
                "--class=X",
                "--",
                "--main-class",
                "pom.xml"))
        .containsExactly(
            "--master=h:1",
            "{{LISTENING}}",
            "--class=X",
            "--jar={{JAR}}",
            "--",
            "--main-class",
            "pom.xml");
  }

  private static List<String> forDriver(String... args) throws Exception {
    return ClusterDeploy.driverArguments(
        SubmitMain.options(List.of(args)), List.of(RpcAddress.of("h", 1)));
  }

  private void submit(String... options) throws Exception {
    List<String> args =
        new ArrayList<>(List.of("--deploy-mode=cluster", "--main-class=X", "--wait=4s"));
    args.add("--master=" + env.address().orElseThrow());
    args.addAll(List.of(options));
    args.addAll(List.of("--", "--supervise", "--host=no"));
    SubmitMain.run(args, System.out);
  }

  private MasterStateResponse state() {
    return master.askSync(new RequestMasterState());
  }
}
