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
 * Of 100 bytes 40 are held. One thread asks for 70, which never fit, the other for the 60 that do:
 * they must not be refused because of the 70. The result: 70 taken, 60 taken, bytes held.
 */
@JCStressTest
@Description("what a byte budget refuses is never counted, not for an instant")
@Outcome(id = "false, true, 100", expect = Expect.ACCEPTABLE, desc = "what fits is taken")
@Outcome(id = "true, .*", expect = Expect.FORBIDDEN, desc = "beyond the bound")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "refused though it fits")
@Outcome(expect = Expect.FORBIDDEN, desc = "bytes are wrong")
@State
public class BudgetTakeAgainstRefusal {

  private final ByteBudget budget = new ByteBudget(100);

  public BudgetTakeAgainstRefusal() {
    budget.tryTake(40);
  }

  @Actor
  public void tooMuch(ZZI_Result r) {
    r.r1 = budget.tryTake(70);
  }

  @Actor
  public void fits(ZZI_Result r) {
    r.r2 = budget.tryTake(60);
  }

  @Arbiter
  public void rest(ZZI_Result r) {
    r.r3 = (int) budget.held();
  }
}
