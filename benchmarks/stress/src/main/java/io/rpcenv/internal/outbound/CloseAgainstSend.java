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
 * A path is closed, as its env ends, while somebody sends. The result: what was written, how many
 * messages were dropped, and whether nothing is left.
 */
@JCStressTest
@Description("close against send: written, or told to be dropped")
@Outcome(id = "1, 0, true", expect = Expect.ACCEPTABLE, desc = "written")
@Outcome(id = "0, 1, true", expect = Expect.ACCEPTABLE, desc = "dropped")
@Outcome(id = "0, 0, .*", expect = Expect.FORBIDDEN, desc = "lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "written and dropped, not flushed or bytes still held")
@State
public class CloseAgainstSend {

  private final Office office = new Office(true);
  private final DialingOutbox outbox = office.idle();

  @Actor
  public void closer() {
    office.loop.runAll();
    outbox.close();
    office.loop.runAll();
  }

  @Actor
  public void sender() {
    Office.send(outbox, 1);
  }

  @Arbiter
  public void rest(IIZ_Result r) {
    office.loop.runAll();
    r.r1 = office.sheet.written();
    r.r2 = office.dropped();
    r.r3 = office.isSettled(outbox);
  }
}
