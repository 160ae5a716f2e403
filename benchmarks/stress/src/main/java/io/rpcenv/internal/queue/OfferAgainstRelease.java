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
 * A consumer gives back the only element while a producer adds another: exactly one of them must
 * run the consumer again, and the element must be there. The result: what release returned, what
 * offer returned, and the element that is left.
 */
@JCStressTest
@Description("offer against release: exactly one of the two wakes the consumer")
@Outcome(id = "true, false, 2", expect = Expect.ACCEPTABLE, desc = "the consumer goes on")
@Outcome(id = "false, true, 2", expect = Expect.ACCEPTABLE, desc = "the producer wakes it")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "lost wake-up")
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN, desc = "two consumers")
@Outcome(expect = Expect.FORBIDDEN, desc = "the element is lost")
@State
public class OfferAgainstRelease {

  private final Line queue = new Line();
  private final Line.Item second = new Line.Item(2);

  public OfferAgainstRelease() {
    queue.offer(new Line.Item(1));
  }

  @Actor
  public void consumer(ZZI_Result r) {
    queue.take();
    r.r1 = queue.release(1);
  }

  @Actor
  public void producer(ZZI_Result r) {
    r.r2 = queue.offer(second);
  }

  @Arbiter
  public void rest(ZZI_Result r) {
    r.r3 = queue.size() == 1 ? queue.take().number : 0;
  }
}
