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
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * As {@link PostAgainstPost} with an endpoint that handles two messages at once. The result: what
 * became of the messages, and the endpoint's stage.
 */
@JCStressTest
@Description("two posters and whoever runs, parallel: each message is handled once")
@Outcome(id = "handled, live", expect = Expect.ACCEPTABLE, desc = "all handled")
@Outcome(id = "lost, .*", expect = Expect.FORBIDDEN, desc = "lost wake-up")
@Outcome(id = "ended twice, .*", expect = Expect.FORBIDDEN, desc = "handled twice")
@Outcome(expect = Expect.FORBIDDEN, desc = "counters are wrong")
@State
public class ParallelPostAgainstPost {

  private final Desk desk = Desk.parallel();
  private final Letter[] letters = Letter.several(4);

  @Actor
  public void first() {
    desk.post(letters[0]);
    desk.runOne();
    desk.post(letters[1]);
    desk.runOne();
  }

  @Actor
  public void second() {
    desk.post(letters[2]);
    desk.runOne();
    desk.post(letters[3]);
    desk.runOne();
  }

  @Arbiter
  public void rest(LL_Result r) {
    desk.runAll();
    r.r1 = Letter.fateOfAll(letters);
    r.r2 = desk.end();
  }
}
