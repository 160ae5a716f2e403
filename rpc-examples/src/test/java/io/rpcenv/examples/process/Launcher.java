// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.examples.cluster.master.MasterMain;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Starts {@code bin/rpcenv} and knows every process that came of it: each JVM carries a mark of
 * this launcher in its command line.
 */
final class Launcher implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 90;

  private final Path root = root();
  private final Path logs;
  private final String mark = "-Drpcenv.test.mark=" + UUID.randomUUID();
  private final List<Running> started = new ArrayList<>();

  Launcher(Path logs) {
    this.logs = logs;
  }

  /** Starts the script with some arguments. */
  Running start(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("bin/rpcenv").toString()));
    command.addAll(List.of(args));
    if (args[0].equals("master") && command.stream().noneMatch(a -> a.startsWith("--web-port"))) {
      command.add("--web-port=0"); // several masters at a time
    }
    return run(command);
  }

  /** Returns where the temporary files of all processes are, but those of a worker's children. */
  Path temporary() throws IOException {
    return Files.createDirectories(logs.resolve("tmp"));
  }

  /** Starts any command with the environment that makes {@code bin/rpcenv} use this build. */
  Running run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(logs.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("RPCENV_SKIP_BUILD", "1");
    builder.environment().put("RPCENV_BUILD_DIR", buildDirectory());
    builder.environment().put("RPCENV_LOG_DIR", logs.toString());
    builder.environment().put("RPCENV_STATE_DIR", logs.toString());
    builder.environment().put("RPCENV_JAVA_OPTS", mark + " -Djava.io.tmpdir=" + temporary());
    builder.environment().put("TMPDIR", logs.toString());
    Running running = new Running(builder.redirectErrorStream(true).start());
    started.add(running);
    return running;
  }

  /** Returns where a process listens that was started with {@code --address-file}. */
  static String awaitAddress(Path file, Running process) throws Exception {
    process.awaitLine("listening at"); // said after the file was written
    return Files.readString(file).strip();
  }

  Path root(String file) {
    return root.resolve(file);
  }

  /** Waits until every process of this launcher has ended; fails if one does not. */
  void assertNothingLeft() throws Exception {
    for (List<ProcessHandle> left = alive(); !left.isEmpty(); left = alive()) {
      for (ProcessHandle process : left) { // one that was just being started comes later
        process.onExit().get(PATIENCE_SECONDS, SECONDS);
      }
    }
  }

  /** Kills what was started here; all that came of it has to end by itself. */
  void killAndAssertNothingLeft() throws Exception {
    started.forEach(process -> process.handle().destroyForcibly());
    assertNothingLeft();
  }

  /** Returns the only process whose command line has a text. */
  ProcessHandle processOf(String text) {
    List<ProcessHandle> found =
        alive().stream().filter(p -> commandLine(p).contains(text)).toList();
    assertThat(found).as("processes of %s", text).hasSize(1);
    return found.get(0);
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  private List<ProcessHandle> alive() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().filter(line -> line.contains(mark)).isPresent())
        .toList();
  }

  @Override
  public void close() {
    started.forEach(process -> process.handle().destroyForcibly());
    alive().forEach(ProcessHandle::destroyForcibly);
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("bin/rpcenv"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** Returns the name of the build folder that holds the classes under test. */
  private static String buildDirectory() {
    try {
      Path classes =
          Path.of(MasterMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.getParent().getFileName().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A started process and what it has said so far. */
  static final class Running {

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Running(Process process) {
      this.process = process;
      Thread reader = new Thread(this::read, "output-of-" + process.pid());
      reader.setDaemon(true);
      reader.start();
    }

    ProcessHandle handle() {
      return process.toHandle();
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Closes the process's standard input. */
    void closeInput() throws IOException {
      process.getOutputStream().close();
    }

    /** Sends a signal by its name, such as INT. */
    void signal(String name) throws Exception {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Waits until a line of the output contains {@code text}. */
    void awaitLine(String text) throws InterruptedException {
      synchronized (lines) {
        while (lines.stream().noneMatch(line -> line.contains(text))) {
          assertThat(end).as("said no [%s], but: %s", text, lines).isNotDone();
          lines.wait();
        }
      }
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws Exception {
      assertThat(process.waitFor(PATIENCE_SECONDS, SECONDS)).as("ended: %s", output()).isTrue();
      end.get(PATIENCE_SECONDS, SECONDS);
      return process.exitValue();
    }

    String output() {
      synchronized (lines) {
        return String.join("\n", lines);
      }
    }

    private void read() {
      try (var reader = process.inputReader()) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
          }
        }
      } catch (IOException e) {
        // The process was killed: what it said until then is what there is.
      } finally {
        end.complete(null);
        synchronized (lines) {
          lines.notifyAll();
        }
      }
    }
  }
}
