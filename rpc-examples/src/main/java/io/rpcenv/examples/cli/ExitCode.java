// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

/** How a program ended. */
public enum ExitCode {
  /** All is well. */
  OK(0),
  /** The job, or the program, failed. */
  FAILED(1),
  /** An option or an argument is wrong, a file is missing. */
  USAGE(2),
  /** The other process cannot be reached, or refuses. */
  UNREACHABLE(3),
  /** The master has no workers. */
  NO_WORKERS(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** Returns what the shell sees. */
  public int number() {
    return number;
  }
}
