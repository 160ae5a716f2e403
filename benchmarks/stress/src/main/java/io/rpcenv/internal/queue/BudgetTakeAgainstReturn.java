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
 * Of 100 bytes all are held. 60 are given back while 60 are asked for, and asked for once more in
 * the end. The result: what the first was told, what the second, and bytes held.
 */
@JCStressTest
@Description("a take from a full byte budget against giving back: what comes back is there")
@Outcome(id = "true, false, 100", expect = Expect.ACCEPTABLE, desc = "given back before")
@Outcome(id = "false, true, 100", expect = Expect.ACCEPTABLE, desc = "given back after")
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN, desc = "beyond the bound")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "bytes are lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "bytes are wrong")
@State
public class BudgetTakeAgainstReturn {

  private final ByteBudget budget = new ByteBudget(100);

  public BudgetTakeAgainstReturn() {
    budget.tryTake(100);
  }

  @Actor
  public void returner() {
    budget.giveBack(60);
  }

  @Actor
  public void taker(ZZI_Result r) {
    r.r1 = budget.tryTake(60);
  }

  @Arbiter
  public void rest(ZZI_Result r) {
    r.r2 = budget.tryTake(60);
    r.r3 = (int) budget.held();
  }
}
