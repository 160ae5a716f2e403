// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

/** Runs a command whose options are pairs of a name and a value, and ends the process. */
public abstract class Main {

  /** An option that cannot be; its message is all that the user is told. */
  public static final class WrongOption extends IllegalArgumentException {
    /** Says which option, its value, and what is expected. */
    public WrongOption(String message) {
      super(message);
    }
  }

  /** Creates a command. */
  protected Main() {}

  /**
   * Takes an option.
   *
   * @param value empty if there is none
   * @return false if there is no such option
   */
  protected abstract boolean option(String name, String value);

  /** Does the work. */
  protected abstract void run() throws Exception;

  /** Returns a number above 0. */
  public static int number(String option, String value) {
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new WrongOption(option + ": " + value + " (expected: a number above 0)");
    }
    return Integer.parseInt(value);
  }

  /** Runs it: exit code 0, 1 if it failed, 2 for a wrong option, in one line. */
  protected final void start(String[] arguments) {
    int status = 0;
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        String value = i + 1 < arguments.length ? arguments[i + 1] : "";
        if (!option(arguments[i], value)) {
          throw new WrongOption("option: " + arguments[i] + " (expected: see benchmarks/run help)");
        }
      }
      run();
    } catch (WrongOption wrong) {
      System.err.println("error: " + wrong.getMessage());
      status = 2;
    } catch (Throwable failure) {
      System.err.println("FAILED: " + failure);
      failure.printStackTrace();
      status = 1;
    }
    System.exit(status);
  }
}
