// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnv;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a program listens. It is the loopback address unless its user insists, because whoever
 * reaches the port can use the cluster: there is no password yet.
 *
 * @param host what to bind
 * @param port what to bind, 0 for any free one
 * @param warning what to print first, if the address is not loopback
 */
public record Listening(String host, int port, Optional<String> warning) {

  /** Options with a value that {@link #of} reads. */
  public static final Set<String> NAMES = Set.of("--host", "--port", "--address-file");

  /** Flags that {@link #of} reads. */
  public static final Set<String> FLAGS = Set.of("--insecure-bind");

  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Reads the options.
   *
   * @param defaultPort what to bind if nothing is said
   * @throws CommandException if the host is not loopback and {@code --insecure-bind} is missing
   */
  public static Listening of(Options options, int defaultPort) throws CommandException {
    String host = options.text("--host").orElse(LOOPBACK);
    int port = options.wholeNumber("--port", 0, 65535, defaultPort);
    if (isLoopback(host)) {
      return new Listening(host, port, Optional.empty());
    }
    if (!options.has("--insecure-bind")) {
      throw CommandException.usage(
          "--host", host, "a loopback address such as 127.0.0.1, or --insecure-bind as well");
    }
    String warning =
        "WARNING: listening at ["
            + host
            + "], not at a loopback address. Everyone who can reach this port can run tasks here"
            + " and read files: there is neither authentication nor encryption.";
    return new Listening(host, port, Optional.of(warning));
  }

  /** Returns the arguments that make another program listen at the same host. */
  public static List<String> arguments(String host) {
    return isLoopback(host)
        ? List.of("--host=" + host)
        : List.of("--host=" + host, "--insecure-bind");
  }

  /** Returns whether a host is loopback for sure. Looks no name up. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** Prints the warning, if there is one. */
  public Listening warn(PrintStream err) {
    warning.ifPresent(err::println);
    return this;
  }

  /** Writes where {@code env} listens to the file that {@code --address-file} names, if any. */
  public static void publish(Options options, RpcEnv env) throws IOException {
    RpcAddress address = env.address().orElseThrow();
    Optional<String> file = options.text("--address-file");
    if (file.isPresent()) {
      // Moved into place, so that nobody reads half an address.
      Path temporary = Files.writeString(Path.of(file.get() + ".tmp"), address.hostPort() + "\n");
      Files.move(temporary, Path.of(file.get()), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
