// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import io.rpcenv.contract.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs {@link ChildMain}; told by lines, answers by lines. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final PrintStream in;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Starts a child; its arguments are those of {@link ChildMain}. */
  ChildJvm(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ChildMain.class.getName());
    command.addAll(List.of(arguments));
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "child-output-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = out.readLine()) != null; ) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("output ended: " + e);
    }
  }

  /** Gives the child a command. */
  void tell(String command) {
    in.println(command);
  }

  /** Waits for a line that begins so, and returns the rest of it. */
  String await(String prefix) {
    try {
      Eventually.await(prefix, () -> lines.stream().anyMatch(l -> l.startsWith(prefix)));
    } catch (AssertionError e) {
      throw new AssertionError("no line [" + prefix + "] from the child, which said " + lines, e);
    }
    return lines.stream()
        .filter(l -> l.startsWith(prefix))
        .findFirst()
        .orElseThrow()
        .substring(prefix.length())
        .strip();
  }

  /** Returns what the child said that begins so. */
  List<String> said(String prefix) {
    return lines.stream().filter(l -> l.startsWith(prefix)).toList();
  }

  /** Kills the child as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until the child has ended by itself. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the child does not end; it said " + lines);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
