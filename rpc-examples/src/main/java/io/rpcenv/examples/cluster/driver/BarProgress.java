// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows on a terminal a bar for the stage that runs, drawn over and over in one line; what goes
 * wrong is told above it.
 */
final class BarProgress implements JobProgress {

  private static final int WIDTH = 30;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  // Back to the beginning of the line; forget what stands behind.
  private static final String RETURN = "\r";
  private static final String ERASE = "\u001b[K";

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final Set<Attempt> running = new HashSet<>();
  private String title = "";
  private int stage = -1;
  private int tasks;
  private int done;
  private long drawnAt;
  private boolean isDrawn;

  /**
   * Makes one.
   *
   * @param out a terminal
   * @param nanoClock tells when to draw again, usually {@code System::nanoTime}
   */
  BarProgress(PrintStream out, LongSupplier nanoClock) {
    this.out = out;
    this.nanoClock = nanoClock;
  }

  @Override
  public void executorAdded(String workerId) {
    tell(workerId + " is ready");
  }

  @Override
  public void executorLost(String workerId, String why) {
    tell(workerId + " is lost: " + why);
  }

  @Override
  public void executorEnded(String executorId, String why) {
    tell("executor " + executorId + " ended, " + why);
  }

  @Override
  public void stageBegan(TaskSet taskSet) {
    end();
    stage = taskSet.stage();
    title = "stage " + stage + ", " + taskSet.name();
    tasks = taskSet.splits().size();
    done = 0;
    running.clear();
    draw();
  }

  @Override
  public void taskRunning(Attempt attempt) {
    if (attempt.stage() == stage) {
      running.add(attempt);
      drawIfDue();
    }
  }

  @Override
  public void taskFinished(Attempt attempt) {
    if (attempt.stage() != stage) {
      return;
    }
    running.remove(attempt);
    done++;
    if (done == tasks) {
      running.clear(); // second attempts that nobody needs any more
      end();
    } else {
      drawIfDue();
    }
  }

  @Override
  public void taskFailed(Attempt attempt, String error) {
    running.remove(attempt);
    tell("partition " + attempt.partition() + " on " + attempt.workerId() + " failed: " + error);
  }

  @Override
  public void taskLost(Attempt attempt) {
    running.remove(attempt);
    drawIfDue();
  }

  @Override
  public void ended() {
    end();
  }

  private void tell(String text) {
    if (isDrawn) {
      out.print(RETURN + ERASE);
    }
    out.println("  " + text);
    if (isDrawn) {
      draw();
    }
  }

  private void drawIfDue() {
    if (isDrawn && nanoClock.getAsLong() - drawnAt >= PAUSE) {
      draw();
    }
  }

  private void draw() {
    int full = tasks == 0 ? WIDTH : (int) ((long) done * WIDTH / tasks);
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    String now = running.isEmpty() ? "" : ", " + running.size() + " running";
    out.print(RETURN + "  [" + bar + "] " + done + "/" + tasks + "  " + title + now + ERASE);
    out.flush();
    drawnAt = nanoClock.getAsLong();
    isDrawn = true;
  }

  private void end() {
    if (isDrawn) {
      draw();
      out.println();
      isDrawn = false;
    }
  }
}
