// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import java.io.PrintStream;

/** Prints how a job is getting on: a line for each task, unless there are many. */
final class ConsoleProgress implements JobProgress {

  private static final int MANY = 100;
  private static final int PARTS = 10;

  private final PrintStream out;
  private int tasks;
  private int finished;

  ConsoleProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void executorAdded(String workerId) {
    out.println("  " + workerId + " is ready");
  }

  @Override
  public void executorLost(String workerId, String why) {
    out.println("  " + workerId + " is lost: " + why);
  }

  @Override
  public void executorEnded(String executorId, String why) {
    out.println("  executor " + executorId + " ended, " + why);
  }

  @Override
  public void stageBegan(TaskSet stage) {
    tasks = stage.splits().size();
    finished = 0;
    out.println("  stage " + stage.stage() + ", " + stage.name() + ": " + tasks + " task(s)");
  }

  @Override
  public void taskRunning(Attempt attempt) {
    if (tasks <= MANY) {
      out.println("  " + text(attempt) + " is running");
    }
  }

  @Override
  public void taskFinished(Attempt attempt) {
    finished++;
    if (tasks <= MANY) {
      out.println("  " + text(attempt) + " is done (" + finished + " of " + tasks + ")");
    } else if (finished == tasks || finished % (tasks / PARTS) == 0) {
      out.println("  " + finished + " of " + tasks + " are done");
    }
  }

  @Override
  public void taskFailed(Attempt attempt, String error) {
    out.println("  " + text(attempt) + " failed: " + error);
  }

  @Override
  public void taskLost(Attempt attempt) {
    out.println("  " + text(attempt) + " is lost and will run again");
  }

  @Override
  public void taskSlow(Attempt attempt) {
    out.println("  " + text(attempt) + " takes long and is tried elsewhere, too");
  }

  private static String text(Attempt attempt) {
    String again = attempt.attempt() == 0 ? "" : ", attempt " + (attempt.attempt() + 1);
    return "partition " + attempt.partition() + " on " + attempt.workerId() + again;
  }
}
