// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails the build for what a green test report does not show: a resource leak, a skipped test, a
 * run without tests.
 *
 * <p>JUnit finds it as a service, in each module that has this test-jar on its class path. It acts
 * only where the system property {@code rpcenv.guard} is {@code on}, as the parent POM sets it for
 * surefire and failsafe; a run in an IDE or under PIT is left alone. At the end of the session it
 * throws, which surefire reports as a failed build. Further properties:
 *
 * <ul>
 *   <li>{@code rpcenv.guard.empty}: {@code fail} (no test executed is a failure) or {@code allow}
 *   <li>{@code rpcenv.guard.skips}: {@code allowed} (a skip whose reason holds {@code
 *       ALLOWED-SKIP:} is printed and accepted) or {@code none} (in CI)
 * </ul>
 *
 * <p>That it works is shown by {@code .ci/proofs}.
 */
public final class BuildGuard implements LauncherSessionListener {

  private final LeakWatch leaks = new LeakWatch();
  private final TestCensus census =
      new TestCensus("none".equals(System.getProperty("rpcenv.guard.skips")));
  private final boolean active = "on".equals(System.getProperty("rpcenv.guard"));
  private final boolean failIfEmpty = "fail".equals(System.getProperty("rpcenv.guard.empty"));

  /** Creates the guard; called by JUnit. */
  public BuildGuard() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (!active) {
      return;
    }
    System.setOut(watched(System.out));
    System.setErr(watched(System.err));
    leaks.watchLogger();
    session.getLauncher().registerTestExecutionListeners(census);
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (!active || !census.sawAPlan()) {
      return;
    }
    LeakWatch.flushOutLeaks();
    List<String> faults = census.faults(failIfEmpty);
    faults.addAll(leaks.found());
    if (!faults.isEmpty()) {
      throw new BuildGuardError(faults);
    }
  }

  private PrintStream watched(PrintStream stream) {
    return new PrintStream(leaks.scanning(stream), true, StandardCharsets.UTF_8);
  }
}
