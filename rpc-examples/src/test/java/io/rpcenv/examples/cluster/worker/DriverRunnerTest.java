// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.DriverStarted;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchDriver;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-02, CLU-13: drivers as JVMs of their own, with a jar that comes by the file server. */
@Timeout(60)
class DriverRunnerTest {

  static final DriverDescription DRIVER =
      new DriverDescription(Optional.empty(), "Main", List.of(), 1, 64, false);

  @TempDir Path folder;
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final RpcEnv env =
      RpcEnv.builder("worker").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  private RpcEndpointRef worker;

  /** A driver that ends as its argument says. */
  public static final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
      System.out.println("Arguments: " + String.join(" ", args));
      System.out.println("Resource: " + Main.class.getResource("/user.txt"));
      System.out.println("Heap: " + (Runtime.getRuntime().maxMemory() >> 20));
      System.out.println(
          "Flags: " + ManagementFactory.getRuntimeMXBean().getInputArguments().toString());
      System.out.println("Cores: " + Runtime.getRuntime().availableProcessors());
      switch (args[0]) {
        case "throw" -> throw new IllegalStateException("no luck");
        case "fill" -> {
          try {
            fill();
          } catch (OutOfMemoryError e) {
            Thread.currentThread().join(); // as if nothing had happened
          }
        }
        case "wait" -> Thread.currentThread().join();
        default -> System.out.println("Done");
      }
    }
  }

  private static void fill() {
    Object chain = "";
    while (true) {
      chain = new Object[] {chain, new byte[1 << 20]};
    }
  }

  @BeforeEach
  void prepare() {
    worker =
        env.setupEndpoint(
            "Worker",
            RpcEndpoint.handling()
                .onSend(Object.class, heard::add)
                .onAsk(
                    DriverStarted.class,
                    (m, call) -> {
                      heard.add(
                          new DriverStateChanged(
                              m.driverId(), m.attempt(), DriverState.RUNNING, ""));
                      call.reply(true);
                    })
                .build());
  }

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void aDriverRunsWithItsLimitsAndItsJar() throws Exception {
    Path jar = folder.resolve("user.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("user.txt"));
    }

    start(Optional.of(env.fileServer().addJar(jar)), Main.class.getName(), "end", false);

    assertThat(hears().state()).isEqualTo(DriverState.RUNNING);
    assertThat(hears())
        .isEqualTo(new DriverStateChanged("driver-1", 1, DriverState.FINISHED, "exit code 0"));
    assertThat(Files.readString(work().resolve("stdout")))
        .contains("Arguments: end --host=127.0.0.1\n")
        .contains("user.jar!/user.txt")
        .containsPattern("Heap: (5|6)\\d\n")
        .contains("Cores: 1\n")
        .contains("-XX:MaxDirectMemorySize=64m")
        .contains("Done");
  }

  @Test
  void aDriverThatFailsSaysWhy() throws Exception {
    start(Optional.empty(), Main.class.getName(), "throw", false);

    assertThat(hears().state()).isEqualTo(DriverState.RUNNING);
    DriverStateChanged end = hears();
    assertThat(end.state()).isEqualTo(DriverState.FAILED);
    assertThat(end.message())
        .startsWith(
            "its process ended with exit code 1, saying: error: the driver's main threw"
                + " java.lang.IllegalStateException: no luck (log: ");
  }

  @Test
  void aSupervisedDriverIsStartedAgainUntilItIsKilled() throws Exception {
    DriverRunner runner = start(Optional.empty(), "no.such.Class", "x", true);

    DriverStateChanged again = hears();
    assertThat(again.state()).isEqualTo(DriverState.RELAUNCHING);
    assertThat(again.message())
        .contains("main class: no.such.Class (expected: a class of the jar or the cluster)");
    assertThat(hears().state()).isEqualTo(DriverState.RELAUNCHING);
    assertThat(Files.readAllLines(work().resolve("stderr")))
        .as("what it said before it was started again is not lost")
        .filteredOn(line -> line.contains("main class: no.such.Class"))
        .hasSizeGreaterThanOrEqualTo(2); // the next one may have said it by now
    runner.kill();

    DriverStateChanged end = hears();
    while (!end.state().isFinished()) {
      end = hears();
    }
    assertThat(end.state()).isEqualTo(DriverState.KILLED);
  }

  @Test
  void aDriverThatRunsIsKilled() throws Exception {
    DriverRunner runner = start(Optional.empty(), Main.class.getName(), "wait", true);
    assertThat(hears().state()).isEqualTo(DriverState.RUNNING);

    runner.kill();

    assertThat(hears().state()).isEqualTo(DriverState.KILLED);
  }

  @Test
  void aDriverWithoutMemoryEnds() throws Exception {
    start(Optional.empty(), Main.class.getName(), "fill", false);

    assertThat(hears().state()).isEqualTo(DriverState.RUNNING);
    DriverStateChanged end = hears();
    assertThat(end.state()).isEqualTo(DriverState.FAILED);
    assertThat(end.message()).startsWith("its process ended with exit code 3");
  }

  @Test
  void aDriverThatIsKilledBeforeItRunsNeverDoes() throws Exception {
    DriverRunner runner = runner(DRIVER);
    runner.kill();
    runner.start();

    assertThat(hears().state()).isEqualTo(DriverState.KILLED);
    assertThat(work()).isEmptyDirectory();
  }

  @Test
  void aJarThatIsMissingOrNoneIsAnError() throws Exception {
    Path file = Files.writeString(folder.resolve("text.jar"), "this is no jar");
    String uri = env.fileServer().addJar(file);

    start(Optional.of(uri), "Main", "x", false);
    assertThat(hears().message())
        .startsWith("cannot be started: jar: " + uri + " (expected: a jar");
    start(Optional.of(uri + "x"), "Main", "x", false);
    assertThat(hears().message())
        .isEqualTo("cannot be started: jar: " + uri + "x (expected: a file that is served there)");
    start(Optional.of("/no/such.jar"), "Main", "x", false);
    DriverStateChanged end = hears();
    assertThat(end.state()).isEqualTo(DriverState.ERROR);
    assertThat(end.message())
        .isEqualTo("cannot be started: jar: /no/such.jar (expected: a file that exists)");
  }

  private Path work() throws Exception {
    return Files.createDirectories(folder.resolve("work"));
  }

  private DriverRunner start(
      Optional<String> jar, String mainClass, String argument, boolean supervise) throws Exception {
    DriverDescription description =
        new DriverDescription(
            jar, mainClass, List.of(argument, DriverDescription.LISTENING), 1, 64, supervise);
    DriverRunner runner = runner(description);
    runner.start();
    return runner;
  }

  private DriverRunner runner(DriverDescription description) throws Exception {
    return new DriverRunner(new LaunchDriver(1, "driver-1", 1, description), work(), env, worker);
  }

  private DriverStateChanged hears() throws Exception {
    Object message = heard.poll(30, SECONDS);
    assertThat(message).isInstanceOf(DriverStateChanged.class);
    return (DriverStateChanged) message;
  }
}
