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
import org.openjdk.jcstress.infra.results.LIZ_Result;

/**
 * A path whose peer cannot be reached gives up, drops what waits and is retired, while somebody
 * sends a second message. The result: what the sender was told, how many messages were dropped, and
 * whether the path is retired in the end with nothing left.
 */
@JCStressTest
@Description("giving up against send: what is accepted is told to be dropped, the rest refused")
@Outcome(id = "accepted, 2, true", expect = Expect.ACCEPTABLE, desc = "dropped as the first")
@Outcome(id = "refused, 1, true", expect = Expect.ACCEPTABLE, desc = "sent on to the next path")
@Outcome(id = "accepted, 1, .*", expect = Expect.FORBIDDEN, desc = "accepted and lost")
@Outcome(id = "refused, 2, .*", expect = Expect.FORBIDDEN, desc = "refused and dropped")
@Outcome(expect = Expect.FORBIDDEN, desc = "not retired, dropped twice or bytes still held")
@State
public class GiveUpAgainstSend {

  private final Office office = new Office(false);
  private final DialingOutbox outbox = office.idle();

  public GiveUpAgainstSend() {
    Office.send(outbox, 1);
  }

  @Actor
  public void loop() {
    office.loop.runAll();
  }

  @Actor
  public void sender(LIZ_Result r) {
    r.r1 = Office.send(outbox, 2);
  }

  @Arbiter
  public void rest(LIZ_Result r) {
    office.loop.runAll();
    r.r2 = office.dropped();
    r.r3 = outbox.isRetired() && office.isSettled(outbox);
  }
}
