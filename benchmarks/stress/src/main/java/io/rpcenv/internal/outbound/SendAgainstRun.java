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
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * One thread sends two messages while the loop, which sends a third of its own, drains the outbox.
 * The result: the messages in the order written, negative if not flushed, and whether nothing is
 * left.
 */
@JCStressTest
@Description("send against the loop: nothing is lost or left unflushed, a sender's order is kept")
@Outcome(
    id = {"123, true", "132, true", "312, true"},
    expect = Expect.ACCEPTABLE,
    desc = "all written, 1 before 2")
@Outcome(
    id = {"213, .*", "231, .*", "321, .*"},
    expect = Expect.FORBIDDEN,
    desc = "overtaken")
@Outcome(id = "-.*", expect = Expect.FORBIDDEN, desc = "not flushed")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, written twice, or bytes still held")
@State
public class SendAgainstRun {

  private final Office office = new Office(true);
  private final Outbox outbox = office.connected();

  @Actor
  public void sender() {
    Office.send(outbox, 1);
    Office.send(outbox, 2);
  }

  @Actor
  public void loop() {
    Office.send(outbox, 3);
    office.loop.runAll();
  }

  @Arbiter
  public void rest(IZ_Result r) {
    office.loop.runAll();
    r.r1 = office.sheet.written();
    r.r2 = office.isSettled(outbox);
  }
}
