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
 * Two threads stop an endpoint that has a message in its inbox. The result: what became of the
 * message, and the endpoint's stage.
 */
@JCStressTest
@Description("stop against stop: onStop once, behind what was accepted")
@Outcome(id = "handled, stopped", expect = Expect.ACCEPTABLE, desc = "stopped once and last")
@Outcome(id = ".*, live", expect = Expect.FORBIDDEN, desc = "the stop is lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "onStop twice or too early, or the message is lost")
@State
public class StopAgainstStop {

  private final Desk desk = Desk.serial();
  private final Letter before = new Letter();

  public StopAgainstStop() {
    desk.post(before);
  }

  @Actor
  public void first() {
    desk.stop();
    desk.runAll();
  }

  @Actor
  public void second() {
    desk.stop();
    desk.runAll();
  }

  @Arbiter
  public void rest(LL_Result r) {
    desk.runAll();
    r.r1 = before.fate();
    r.r2 = desk.end();
  }
}
