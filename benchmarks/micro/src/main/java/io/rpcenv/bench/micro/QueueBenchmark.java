// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.micro;

import io.rpcenv.internal.queue.MpscNode;
import io.rpcenv.internal.queue.MpscQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The queue under inbox and outbox: in and out again, on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class QueueBenchmark {

  private static final int BATCH = 64;

  /** A message. */
  static final class Node extends MpscNode {}

  /** A queue that may be used. */
  static final class Queue extends MpscQueue<Node> {
    boolean put(Node node) {
      return offer(node);
    }

    Node get() {
      return take();
    }

    boolean giveBack(int taken) {
      return release(taken);
    }
  }

  private final Queue queue = new Queue();

  /** A message that finds the queue empty, as one does that wakes its consumer. */
  @Benchmark
  public Node one() {
    queue.put(new Node());
    Node node = queue.get();
    queue.giveBack(1);
    return node;
  }

  /** A batch of messages. */
  @Benchmark
  @org.openjdk.jmh.annotations.OperationsPerInvocation(BATCH)
  public boolean batch() {
    for (int i = 0; i < BATCH; i++) {
      queue.put(new Node());
    }
    for (int i = 0; i < BATCH; i++) {
      queue.get();
    }
    return queue.giveBack(BATCH);
  }
}
