// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import io.rpcenv.examples.cluster.driver.JarFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A job in a jar, of one task that computes until a file is there. */
final class WaitingJob {

  private static final String SOURCE =
      """
      import io.rpcenv.examples.cluster.data.*;
      import java.io.*;
      import java.nio.file.*;
      import java.util.*;

      public class WaitFor implements JobProgram {
        @Override
        public void run(JobContext context, List<String> arguments, PrintStream out)
            throws Exception {
          out.println(context.parallelize(arguments, 1).map(WaitFor::waitFor).collect());
        }

        private static String waitFor(String file) throws InterruptedException {
          while (!Files.exists(Path.of(file))) {
            if (Thread.interrupted()) {
              throw new InterruptedException();
            }
          }
          return "it was there";
        }
      }
      """;

  private final Path jar;
  private final Path file;

  /** Makes the jar in a folder below this one. */
  WaitingJob(Path folder) throws IOException {
    jar = JarFiles.make(Files.createDirectory(folder.resolve("waiting")), "WaitFor", SOURCE);
    file = folder.resolve("go");
  }

  /** Returns a command line that submits it. */
  String[] submit(String master, String... options) {
    return Stream.of(
            Stream.of("submit", "--master", master),
            Stream.of(options),
            Stream.of("--jar", jar.toString(), "--class", "WaitFor", "--", file.toString()))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  /** Lets it end. */
  void finish() throws IOException {
    Files.createFile(file);
  }
}
