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
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * The connection is lost while somebody sends two messages. The result: what was written, how many
 * messages were dropped, and whether nothing is left.
 */
@JCStressTest
@Description("loss of the connection against send: written or told to be dropped, in order")
@Outcome(id = "12, 0, true", expect = Expect.ACCEPTABLE, desc = "both written")
@Outcome(id = "1, 1, true", expect = Expect.ACCEPTABLE, desc = "the second dropped")
@Outcome(id = "0, 2, true", expect = Expect.ACCEPTABLE, desc = "both dropped")
@Outcome(id = "2, .*", expect = Expect.FORBIDDEN, desc = "the second overtakes")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, not flushed or bytes still held")
@State
public class LossAgainstSend {

  private final Office office = new Office(true);
  private final AcceptedOutbox outbox = office.connected();

  @Actor
  public void loop() {
    office.loop.runAll();
    outbox.lost(office.sheet, Office.RESET);
    office.loop.runAll();
  }

  @Actor
  public void sender() {
    Office.send(outbox, 1);
    Office.send(outbox, 2);
  }

  @Arbiter
  public void rest(IIZ_Result r) {
    office.loop.runAll();
    r.r1 = office.sheet.written();
    r.r2 = office.dropped();
    r.r3 = office.isSettled(outbox);
  }
}
