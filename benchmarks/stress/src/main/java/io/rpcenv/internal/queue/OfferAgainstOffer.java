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
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * Two producers add two elements each, and whoever finds the consumer idle is the consumer. Its
 * fields are plain: a second consumer, or one that does not see what the one before wrote, shows.
 * The result: elements taken, elements left, and whether each producer's order was kept.
 */
@JCStressTest
@Description("offer against offer: one consumer at a time, nothing lost, order kept")
@Outcome(id = "4, 0, true", expect = Expect.ACCEPTABLE, desc = "all taken once, in order")
@Outcome(id = ".*, false", expect = Expect.FORBIDDEN, desc = "order of a producer not kept")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or taken by two consumers at once")
@State
public class OfferAgainstOffer {

  private final Line queue = new Line();
  private final int[] last = new int[2];
  private int taken;
  private boolean disordered;

  private void produce(int producer) {
    for (int n = 1; n <= 2; n++) {
      if (queue.offer(new Line.Item(producer * 10 + n))) {
        consume();
      }
    }
  }

  private void consume() {
    int batch;
    do {
      batch = queue.size();
      for (int i = 0; i < batch; i++) {
        look(queue.take().number);
      }
    } while (queue.release(batch));
  }

  private void look(int number) {
    int producer = number / 10;
    disordered |= number % 10 != last[producer] + 1;
    last[producer] = number % 10;
    taken++;
  }

  @Actor
  public void first() {
    produce(0);
  }

  @Actor
  public void second() {
    produce(1);
  }

  @Arbiter
  public void rest(IIZ_Result r) {
    r.r1 = taken;
    r.r2 = queue.size();
    r.r3 = !disordered;
  }
}
