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
 * A parallel endpoint with one message in its inbox is stopped while another message is posted, and
 * both threads do the runs that are asked for. The result: what became of each message, and the
 * endpoint's stage.
 */
@JCStressTest
@Description("stop against post, parallel: handled before onStop or refused, onStop once and last")
@Outcome(id = "handled, handled, stopped", expect = Expect.ACCEPTABLE, desc = "before the stop")
@Outcome(id = "handled, refused, stopped", expect = Expect.ACCEPTABLE, desc = "refused by post")
@Outcome(id = "handled, rejected, stopped", expect = Expect.ACCEPTABLE, desc = "behind the stop")
@Outcome(id = ".*lost.*", expect = Expect.FORBIDDEN, desc = "neither handled nor refused")
@Outcome(id = ".*ended twice.*", expect = Expect.FORBIDDEN, desc = "handled and refused")
@Outcome(id = ".*, live", expect = Expect.FORBIDDEN, desc = "the stop is lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "onStop not last, twice or not alone; or counters")
@State
public class ParallelStopAgainstPost {

  private final Desk desk = Desk.parallel();
  private final Letter before = new Letter();
  private final Letter beside = new Letter();

  public ParallelStopAgainstPost() {
    desk.post(before);
  }

  @Actor
  public void poster() {
    desk.post(beside);
    desk.runAll();
  }

  @Actor
  public void stopper() {
    desk.stop();
    desk.runAll();
  }

  @Arbiter
  public void rest(LLL_Result r) {
    desk.runAll();
    r.r1 = before.fate();
    r.r2 = beside.fate();
    r.r3 = desk.end();
  }
}
