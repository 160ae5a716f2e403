// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Options;
import java.io.PrintStream;

/** Watches jobs. Methods run on the driver's endpoint, one at a time, and must not block. */
interface JobProgress {

  /** Who watches nothing. */
  JobProgress NONE = new JobProgress() {};

  /** Says what to show on the console. */
  String OPTION = "--progress";

  /** Returns what shows on the console how a job is getting on: lines, unless an option says so. */
  static JobProgress of(Options options, PrintStream out) throws CommandException {
    String kind = options.text(OPTION).orElse("lines");
    return switch (kind) {
      case "bars" -> new BarProgress(out, System::nanoTime);
      case "lines" -> new ConsoleProgress(out);
      case "none" -> NONE;
      default -> throw CommandException.usage(OPTION, kind, "bars, lines or none");
    };
  }

  /** The master has taken the application; in one process there is no such thing. */
  default void applicationRegistered(String appId) {}

  /** An executor offers itself. */
  default void executorAdded(String workerId) {}

  /** An executor is gone. */
  default void executorLost(String workerId, String why) {}

  /** More is known of the end of an executor that was lost before, or never came. */
  default void executorEnded(String executorId, String why) {}

  /** Tasks of a stage are to be run; of some stages more than once. */
  default void stageBegan(TaskSet tasks) {}

  /** An attempt at a partition has begun. */
  default void taskRunning(Attempt attempt) {}

  /** A partition is done. */
  default void taskFinished(Attempt attempt) {}

  /** An attempt at a partition failed. */
  default void taskFailed(Attempt attempt, String error) {}

  /** An attempt at a partition came to nothing because its executor is gone, or it was killed. */
  default void taskLost(Attempt attempt) {}

  /** Nothing more comes. Called on any thread, when nothing else is. */
  default void ended() {}

  /** An attempt takes so long that another one is made elsewhere. */
  default void taskSlow(Attempt attempt) {}

  /**
   * One attempt at one partition.
   *
   * @param stage which stage
   * @param partition from 0
   * @param attempt from 0
   * @param workerId where
   */
  record Attempt(int stage, int partition, int attempt, String workerId) {}
}
