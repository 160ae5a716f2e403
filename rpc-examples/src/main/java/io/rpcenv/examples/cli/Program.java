// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the body of a {@code main}: prints help and errors, ends with the right exit code. */
public final class Program {

  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  private Program() {}

  /** What a program does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs the program.
     *
     * @param args the arguments
     * @param out for results
     * @throws CommandException to end with a message
     * @throws Exception to end with a message and a stack trace in the log
     */
    void run(List<String> args, PrintStream out) throws Exception;
  }

  /** Runs {@code body} and ends the JVM. */
  public static void main(String[] args, String help, Body body) {
    System.exit(run(List.of(args), help, body, System.out, System.err).number());
  }

  /** Runs {@code body} and returns how it ended. */
  public static ExitCode run(
      List<String> args, String help, Body body, PrintStream out, PrintStream err) {
    if (args.contains("--help")) {
      out.print(help);
      return ExitCode.OK;
    }
    try {
      body.run(args, out);
      return ExitCode.OK;
    } catch (CommandException e) {
      err.println("error: " + e.getMessage());
      return e.exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("error: interrupted");
      return ExitCode.FAILED;
    } catch (OutOfMemoryError e) {
      err.println("error: " + e.getMessage() + " is used up (try RPCENV_JAVA_OPTS=-Xmx4g)");
      return ExitCode.FAILED;
    } catch (Exception e) {
      LOG.error("The program failed", e);
      err.println("error: " + e);
      return ExitCode.FAILED;
    }
  }
}
