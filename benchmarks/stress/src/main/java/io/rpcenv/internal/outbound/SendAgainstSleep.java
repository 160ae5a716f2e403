// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZL_Result;

/**
 * The loop writes the only message and is about to sleep while another is sent. The result: the
 * messages in the order written, negative if not flushed, whether nothing is left, and how the
 * second got there.
 */
@JCStressTest
@Description("send against a loop that falls asleep: no wake-up is lost")
@Outcome(id = "12, true, same batch", expect = Expect.ACCEPTABLE, desc = "seen by the loop")
@Outcome(id = "12, true, woken", expect = Expect.ACCEPTABLE, desc = "another run was asked for")
@Outcome(id = "1, .*", expect = Expect.FORBIDDEN, desc = "lost wake-up")
@Outcome(expect = Expect.FORBIDDEN, desc = "not flushed, overtaken, twice or bytes still held")
@State
public class SendAgainstSleep {

  private final Office office = new Office(true);
  private final Outbox outbox = office.connected();

  public SendAgainstSleep() {
    Office.send(outbox, 1);
  }

  @Actor
  public void loop() {
    office.loop.runOne();
  }

  @Actor
  public void sender() {
    Office.send(outbox, 2);
  }

  @Arbiter
  public void rest(IZL_Result r) {
    r.r3 = office.loop.isIdle() ? "same batch" : "woken";
    office.loop.runAll();
    r.r1 = office.sheet.written();
    r.r2 = office.isSettled(outbox);
  }
}
