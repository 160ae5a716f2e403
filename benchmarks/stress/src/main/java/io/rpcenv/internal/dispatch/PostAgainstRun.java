// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * An inbox is run for its first message while a second one is posted: either that run takes it
 * along, or another run is asked for. The result: what became of each, and which way the second
 * went.
 */
@JCStressTest
@Description("post against the end of a run: no wake-up is lost")
@Outcome(id = "handled, handled, taken along", expect = Expect.ACCEPTABLE, desc = "by the same run")
@Outcome(id = "handled, handled, scheduled", expect = Expect.ACCEPTABLE, desc = "by another run")
@Outcome(id = ".*lost.*", expect = Expect.FORBIDDEN, desc = "lost wake-up")
@Outcome(expect = Expect.FORBIDDEN, desc = "handled twice, or by two runs at once")
@State
public class PostAgainstRun {

  private final Desk desk = Desk.serial();
  private final Letter first = new Letter();
  private final Letter second = new Letter();

  public PostAgainstRun() {
    desk.post(first);
  }

  @Actor
  public void runner() {
    desk.runOne();
  }

  @Actor
  public void poster() {
    desk.post(second);
  }

  @Arbiter
  public void rest(LLL_Result r) {
    String way = desk.isScheduled() ? "scheduled" : "taken along";
    desk.runAll();
    String end = desk.end();
    r.r1 = first.fate();
    r.r2 = second.fate();
    r.r3 = end.equals("live") ? way : end;
  }
}
