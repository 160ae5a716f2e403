// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import java.io.Serial;

/** Ends a program with a message for its user, without a stack trace. */
public final class CommandException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * Makes one.
   *
   * @param exitCode how the program ends
   * @param message what happened, and what to do about it
   */
  public CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns how the program ends. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Makes the error of an option or argument: {@code name: value (expected: constraint)}. */
  public static CommandException usage(String name, String value, String expected) {
    return new CommandException(
        ExitCode.USAGE, name + ": " + value + " (expected: " + expected + ")");
  }
}
