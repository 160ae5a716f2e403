// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Large asks, a few in flight. The thread that asks compares each answer with what it asked, byte
 * by byte, so that no system has that to do on its network threads.
 */
public final class Large {

  private record Answer(Blob reply, Throwable failure) {}

  private final BenchSystem system;
  private final byte[][] kinds;
  private final int inFlight;
  private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Set<Long> open = new HashSet<>();
  private long next;

  /** Asks with this many bytes, so many at a time. */
  public Large(BenchSystem system, int bytes, int inFlight) {
    this.system = system;
    this.inFlight = inFlight;
    this.kinds = new byte[inFlight + 1][];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = Sample.bytes(bytes, i);
    }
  }

  /** Runs while the condition holds, at least once. */
  public Map<String, Double> run(BooleanSupplier more) throws Exception {
    Allocation before = Allocation.now();
    long start = System.nanoTime();
    for (int i = 0; i < inFlight; i++) {
      ask();
    }
    long count = 0;
    int waiting = inFlight;
    while (waiting > 0) {
      check();
      count++;
      waiting--;
      if (more.getAsBoolean()) {
        ask();
        waiting++;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("count", (double) count);
    result.put("perSecond", count / seconds);
    result.put("gibPerSecond", count * (double) kinds[0].length / (1 << 30) / seconds);
    result.put("cpuNanosEach", (double) Allocation.now().cpuNanosSince(before) / count);
    return result;
  }

  /** Neighbours differ in every part, so that one that got parts of another is found out. */
  private Blob blob(long id) {
    return new Blob(id, kinds[(int) (id % kinds.length)]);
  }

  private void ask() {
    long id = next++;
    open.add(id);
    system.askLarge(blob(id), (reply, failure) -> answers.add(new Answer(reply, failure)));
  }

  private void check() throws Exception {
    Answer answer = answers.poll(60, TimeUnit.SECONDS);
    if (answer == null) {
      throw new TimeoutException("lost: no answer to a large ask for 60 s");
    }
    if (answer.failure != null) {
      throw new IllegalStateException(answer.failure.toString(), answer.failure);
    }
    Blob reply = answer.reply;
    if (!open.remove(reply.id()) || !reply.same(blob(reply.id()))) {
      throw new IllegalStateException("a wrong answer: " + reply);
    }
  }
}
