// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.bench.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The JVM of a {@link Server}. */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final int port;

  ServerProcess(String kind) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms1g",
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            kind);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    answers = process.inputReader(StandardCharsets.UTF_8);
    port = (int) answer();
  }

  int port() {
    return port;
  }

  /** Returns what is in use on its heap. */
  long heapUsed() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return answer();
  }

  private long answer() throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(Child.MARK)) {
        return Long.parseLong(line.substring(Child.MARK.length()));
      }
    }
    throw new IOException("the server has ended");
  }

  @Override
  public void close() throws IOException {
    try {
      process.destroyForcibly().waitFor(); // what it has used counts as ours from then on
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the server was not waited for");
    }
  }
}
