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
import org.openjdk.jcstress.infra.results.LZI_Result;

/**
 * The loop retires a path that nobody uses while somebody sends. The result: what the sender was
 * told, whether the path is retired, and what was written, or -9 if something is left.
 */
@JCStressTest
@Description("retire against send: accepted means written, refused means retired")
@Outcome(id = "accepted, false, 1", expect = Expect.ACCEPTABLE, desc = "the path stays")
@Outcome(id = "refused, true, 0", expect = Expect.ACCEPTABLE, desc = "sent on to the next path")
@Outcome(id = "accepted, true, .*", expect = Expect.FORBIDDEN, desc = "accepted by a retired path")
@Outcome(id = "accepted, false, 0", expect = Expect.FORBIDDEN, desc = "accepted and lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "refused by a path in use, or bytes still held")
@State
public class RetireAgainstSend {

  private final Office office = new Office(true);
  private final DialingOutbox outbox = office.idle();

  @Actor
  public void loop(LZI_Result r) {
    r.r2 = outbox.retireIfIdle();
    office.loop.runAll();
  }

  @Actor
  public void sender(LZI_Result r) {
    r.r1 = Office.send(outbox, 1);
  }

  @Arbiter
  public void rest(LZI_Result r) {
    office.loop.runAll();
    boolean asSaid = r.r2 == outbox.isRetired() && office.isSettled(outbox);
    r.r3 = asSaid ? office.sheet.written() : -9;
  }
}
