// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/** Very many endpoints in one env. */
final class EndpointsPart {

  private static final LongAdder RECEIVED = new LongAdder();

  /** An endpoint without fields. */
  private static final class Counting extends RpcEndpoint {
    @Override
    public void receive(Object message) {
      RECEIVED.increment();
    }
  }

  private record Tick() {}

  private static final Tick TICK = new Tick();
  private static final int POSTS_AT_A_TIME = 50_000;

  private EndpointsPart() {}

  static void run(Outcome outcome, int count, int posts) throws Exception {
    long before = Heap.used();
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = String.format(Locale.ROOT, "endpoint-%011d", i);
    }
    RpcEnv env = RpcEnv.builder("many").build();
    RpcEndpointRef[] refs = new RpcEndpointRef[count];
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      refs[i] = env.setupEndpoint(names[i], new Counting());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.fill(names, null); // what the endpoints keep of them counts
    // Started, all of them, as each has handled a message.
    for (RpcEndpointRef ref : refs) {
      ref.send(TICK);
    }
    awaitReceived(count);
    long bytes = Heap.used() - before;
    outcome.add("endpoints", count);
    outcome.add("endpoints: bytes each", (double) bytes / count);
    outcome.add("endpoints: seconds to register", seconds);
    post(refs, posts); // warm-up
    outcome.add("endpoints: ns per random post", post(refs, posts));
    env.shutdown();
    if (!env.awaitTermination(Duration.ofSeconds(120))) {
      throw new IllegalStateException("the env did not end");
    }
  }

  private static double post(RpcEndpointRef[] refs, int posts) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    long nanos = 0;
    long posted = 0;
    long before = RECEIVED.sum();
    for (int done = 0; done < posts; done += POSTS_AT_A_TIME) {
      RpcEndpointRef[] targets = new RpcEndpointRef[POSTS_AT_A_TIME];
      for (int i = 0; i < POSTS_AT_A_TIME; i++) {
        targets[i] = refs[random.nextInt(refs.length)];
      }
      long start = System.nanoTime();
      for (RpcEndpointRef target : targets) {
        target.send(TICK);
      }
      nanos += System.nanoTime() - start;
      posted += POSTS_AT_A_TIME;
      awaitReceived(before + done + POSTS_AT_A_TIME);
    }
    return (double) nanos / posted;
  }

  private static void awaitReceived(long expected) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (RECEIVED.sum() < expected) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("lost: " + RECEIVED.sum() + " of " + expected);
      }
      Thread.sleep(1);
    }
    if (RECEIVED.sum() > expected) {
      throw new IllegalStateException("too many: " + RECEIVED.sum() + " for " + expected);
    }
  }
}
