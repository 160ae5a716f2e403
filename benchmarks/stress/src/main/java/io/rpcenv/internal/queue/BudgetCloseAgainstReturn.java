// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * The last bytes are given back while the budget is closed, after which the closer's thread takes
 * some. The result: closed, taken, and the bytes held in the end.
 */
@JCStressTest
@Description("close of a byte budget against giving back: only an empty one closes")
@Outcome(id = "true, false, 0", expect = Expect.ACCEPTABLE, desc = "given back, then closed")
@Outcome(id = "false, true, 10", expect = Expect.ACCEPTABLE, desc = "stays open")
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN, desc = "taken from a closed budget")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "refused by an open budget")
@Outcome(expect = Expect.FORBIDDEN, desc = "bytes are wrong")
@State
public class BudgetCloseAgainstReturn {

  private final ByteBudget budget = new ByteBudget(100);

  public BudgetCloseAgainstReturn() {
    budget.tryTake(10);
  }

  @Actor
  public void returner() {
    budget.giveBack(10);
  }

  @Actor
  public void closer(ZZI_Result r) {
    r.r1 = budget.close();
    r.r2 = budget.tryTake(10);
  }

  @Arbiter
  public void rest(ZZI_Result r) {
    r.r3 = (int) budget.held();
  }
}
