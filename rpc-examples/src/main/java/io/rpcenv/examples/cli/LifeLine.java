// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import io.rpcenv.RpcEnv;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends a process together with the one that started it. With {@code --stop-on-eof} the process's
 * standard input is a pipe whose other end only the starter holds: when the starter ends, in
 * whatever way, the pipe is closed, and reading it meets its end.
 */
public final class LifeLine {

  /** The flag. */
  public static final String FLAG = "--stop-on-eof";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private LifeLine() {}

  /** Shuts {@code env} down at the end of standard input, if the flag is given. */
  public static void shutdownAtEnd(Options options, RpcEnv env) {
    atEnd(options, env::shutdown);
  }

  /** Runs {@code action} at the end of standard input, if the flag is given. */
  public static void atEnd(Options options, Runnable action) {
    if (options.has(FLAG)) {
      atEnd(action);
    }
  }

  /**
   * Ends the process: with its shutdown hooks, but if one of them, which may be an application's,
   * takes too long, without the rest of them.
   */
  public static void exit(ExitCode code) {
    exit(code, PATIENCE);
  }

  static void exit(ExitCode code, Duration patience) {
    Thread impatience = new Thread(() -> haltAfter(patience, code), "impatience");
    impatience.setDaemon(true);
    impatience.start();
    System.exit(code.number());
  }

  private static void haltAfter(Duration patience, ExitCode code) {
    try {
      Thread.sleep(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code.number());
  }

  /** Runs {@code action} at the end of standard input. */
  public static void atEnd(Runnable action) {
    atEnd(System.in, action);
  }

  static void atEnd(InputStream in, Runnable action) {
    Thread thread = new Thread(() -> watch(in, action), "life-line");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(InputStream in, Runnable action) {
    try {
      while (in.read() >= 0) {
        // Whatever is said is not meant for us.
      }
    } catch (IOException e) {
      // A broken pipe is an end, too.
    }
    action.run();
  }
}
