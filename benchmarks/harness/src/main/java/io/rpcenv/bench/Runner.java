// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Does one work on one system. How the asking thread is paced suits one system and not another, so
 * several ways are tried, and the best is kept: before the second time that a work is measured, for
 * by then the JVM has compiled what it is going to compile.
 */
public final class Runner {

  private static final int[] REFILLS = {10, 25, 50, 100};
  private static final int TRIAL = 500;
  private static final int ANY_REFILL = 50;
  private static final int ONE_WAY_IN_FLIGHT = 8192;
  private static final int MIB = 1 << 20;

  private final BenchSystem system;
  private final Sink sink;
  private final Set<Work> measured = EnumSet.noneOf(Work.class);
  private final Map<Work, Integer> refills = new EnumMap<>(Work.class);
  private FileRead file;

  /**
   * Makes one.
   *
   * @param system what does the work
   * @param sink where it sends one-way messages
   */
  public Runner(BenchSystem system, Sink sink) {
    this.system = system;
    this.sink = sink;
  }

  /** Does the work for about that long, and for nothing. */
  public void warmUp(Work work, int threads, long millis) throws Exception {
    if (work == Work.FILE) {
      file().warmUp(millis);
    } else {
      run(work, threads, refills.getOrDefault(work, ANY_REFILL), millis);
    }
  }

  private static boolean isPaced(Work work) {
    return switch (work) {
      case ASK_64, ASK_1024, SEND, LOCAL_SEND, LOCAL_ASK -> true;
      case LATENCY, LARGE, FILE, MIXED -> false;
    };
  }

  /** Each is tried on the way there and on the way back, as a JVM gets faster all the time. */
  private int bestRefill(Work work, int threads, long millis) throws Exception {
    double[] rates = new double[REFILLS.length];
    for (int i = 0; i < 2 * REFILLS.length; i++) {
      int tried = Math.min(i, 2 * REFILLS.length - 1 - i);
      rates[tried] += run(work, threads, REFILLS[tried], millis).get("perSecond");
    }
    int best = 0;
    for (int i = 1; i < REFILLS.length; i++) {
      best = rates[i] > rates[best] ? i : best;
    }
    return REFILLS[best];
  }

  /** Does the work for that long, and returns what was measured. */
  public Map<String, Double> run(Work work, int threads, long millis) throws Exception {
    boolean measuredBefore = !measured.add(work);
    if (isPaced(work) && measuredBefore && !refills.containsKey(work)) {
      refills.put(work, bestRefill(work, threads, Math.min(TRIAL, millis)));
    }
    return run(work, threads, refills.getOrDefault(work, ANY_REFILL), millis);
  }

  private Map<String, Double> run(Work work, int threads, int refill, long millis)
      throws Exception {
    return switch (work) {
      case ASK_64 -> Throughput.run(this::ask, 64, refill, threads, millis);
      case ASK_1024 -> Throughput.run(this::ask, 1024, refill, threads, millis);
      case LOCAL_ASK -> Throughput.run(this::localAsk, 64, refill, threads, millis);
      case SEND -> send((window, id) -> system.send(Sample.of(id)), refill, millis);
      case LOCAL_SEND -> send((window, id) -> system.localSend(Sample.of(id)), refill, millis);
      case LATENCY -> Latency.run(system, millis);
      case LARGE -> large(millis);
      case FILE -> file().run(millis);
      case MIXED -> Mixed.run(system, millis);
    };
  }

  private void ask(Window window, long id) {
    system.ask(Sample.of(id), window.expecting(id));
  }

  private void localAsk(Window window, long id) {
    system.localAsk(Sample.of(id), window.expecting(id));
  }

  /** One thread, so that the receiver can check the order. */
  private Map<String, Double> send(Throughput.Issuer issuer, int refill, long millis)
      throws Exception {
    Window window = Window.oneWay(ONE_WAY_IN_FLIGHT, refill);
    sink.begin(window);
    return Throughput.measure(
        refill, () -> Throughput.drive(issuer, window, System.nanoTime() + millis * 1_000_000));
  }

  private FileRead file() throws Exception {
    if (file == null) {
      file = new FileRead(system);
    }
    return file;
  }

  private Map<String, Double> large(long millis) throws Exception {
    long end = System.nanoTime() + millis * 1_000_000;
    return new Large(system, MIB, 4).run(() -> System.nanoTime() < end);
  }
}
