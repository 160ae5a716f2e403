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
 * An inbox is launched while somebody who has found it already posts to it. The result: what became
 * of the message, and the endpoint's stage.
 */
@JCStressTest
@Description("launch against post: the message is handled once, after onStart")
@Outcome(id = "handled, live", expect = Expect.ACCEPTABLE, desc = "started, then handled")
@Outcome(id = "lost, .*", expect = Expect.FORBIDDEN, desc = "lost wake-up")
@Outcome(expect = Expect.FORBIDDEN, desc = "handled twice or before onStart")
@State
public class LaunchAgainstPost {

  private final Desk desk = Desk.prepared();
  private final Letter letter = new Letter();

  @Actor
  public void launcher() {
    desk.launch();
    desk.runAll();
  }

  @Actor
  public void poster() {
    desk.post(letter);
    desk.runAll();
  }

  @Arbiter
  public void rest(LL_Result r) {
    desk.runAll();
    r.r1 = letter.fate();
    r.r2 = desk.end();
  }
}
