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

/** Two threads ask for 60 bytes each of 100. The result: what each was told, and bytes held. */
@JCStressTest
@Description("two takes of which a byte budget has room for one")
@Outcome(
    id = {"true, false, 60", "false, true, 60"},
    expect = Expect.ACCEPTABLE,
    desc = "one is taken")
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN, desc = "beyond the bound")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "refused though it fits")
@Outcome(expect = Expect.FORBIDDEN, desc = "bytes are wrong")
@State
public class BudgetTakeAgainstTake {

  private final ByteBudget budget = new ByteBudget(100);

  @Actor
  public void first(ZZI_Result r) {
    r.r1 = budget.tryTake(60);
  }

  @Actor
  public void second(ZZI_Result r) {
    r.r2 = budget.tryTake(60);
  }

  @Arbiter
  public void rest(ZZI_Result r) {
    r.r3 = (int) budget.held();
  }
}
