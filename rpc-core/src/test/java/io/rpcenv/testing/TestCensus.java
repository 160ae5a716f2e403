// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Counts the tests that were executed and collects those that were skipped or aborted. */
final class TestCensus implements TestExecutionListener {

  private static final String ALLOWED = "ALLOWED-SKIP:";

  private final boolean noSkips;
  private final AtomicBoolean planSeen = new AtomicBoolean();
  private final AtomicInteger executed = new AtomicInteger();
  private final Queue<String> skipped = new ConcurrentLinkedQueue<>();

  /**
   * @param noSkips whether {@code ALLOWED-SKIP:} excuses nothing
   */
  TestCensus(boolean noSkips) {
    this.noSkips = noSkips;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    planSeen.set(true);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skip(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      skip(test, result.getThrowable().map(String::valueOf).orElse("aborted"));
    } else if (test.isTest()) {
      executed.incrementAndGet();
    }
  }

  /** Says whether any plan was executed; discovery alone is no run. */
  boolean sawAPlan() {
    return planSeen.get();
  }

  /** Lists what is wrong; the caller owns the list. */
  List<String> faults(boolean failIfEmpty) {
    List<String> faults = new ArrayList<>(skipped);
    if (failIfEmpty && executed.get() == 0) {
      faults.add("no test was executed in a module that has test classes");
    }
    return faults;
  }

  private void skip(TestIdentifier test, String reason) {
    String line = "[" + test.getUniqueId() + "] " + reason;
    if (!noSkips && reason.contains(ALLOWED)) {
      System.out.println("skipped " + line);
    } else {
      skipped.add("skipped test " + line);
    }
  }
}
