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
 * A budget that nobody uses is closed while somebody takes from it. The result: taken, closed, and
 * the bytes held in the end.
 */
@JCStressTest
@Description("close of a byte budget against a take: exactly one of the two succeeds")
@Outcome(id = "true, false, 10", expect = Expect.ACCEPTABLE, desc = "taken, stays open")
@Outcome(id = "false, true, 0", expect = Expect.ACCEPTABLE, desc = "closed, refused")
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN, desc = "taken from a closed budget")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "refused by an open budget")
@Outcome(expect = Expect.FORBIDDEN, desc = "bytes are wrong")
@State
public class BudgetCloseAgainstTake {

  private final ByteBudget budget = new ByteBudget(100);

  @Actor
  public void taker(ZZI_Result r) {
    r.r1 = budget.tryTake(10);
  }

  @Actor
  public void closer(ZZI_Result r) {
    r.r2 = budget.close();
  }

  @Arbiter
  public void rest(ZZI_Result r) {
    r.r3 = (int) budget.held();
    if (r.r2 != budget.isClosed()) {
      r.r3 = -1;
    }
  }
}
