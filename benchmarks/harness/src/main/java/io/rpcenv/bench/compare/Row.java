// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import static io.rpcenv.bench.compare.Goal.Against.BEST_PEER;
import static io.rpcenv.bench.compare.Goal.Against.NETTY;
import static io.rpcenv.bench.compare.Goal.Against.NOTHING;
import static io.rpcenv.bench.compare.Goal.Against.SPARK;
import static io.rpcenv.bench.compare.Goal.least;
import static io.rpcenv.bench.compare.Goal.most;

import io.rpcenv.bench.Work;
import java.util.List;

/** A line of the table: one figure of one work. */
enum Row {
  ASK_64(
      "ask, 64 in flight",
      Work.ASK_64,
      "perSecond",
      Unit.RATE,
      least(0.60, NETTY),
      least(0.70, NETTY).withEventLoop(),
      least(8, BEST_PEER)),
  ASK_1024("ask, 1024 in flight", Work.ASK_1024, "perSecond", Unit.RATE, least(0.45, NETTY)),
  SEND("one-way send", Work.SEND, "perSecond", Unit.RATE, least(0.60, NETTY)),
  P50(
      "ask, one at a time, p50",
      Work.LATENCY,
      "p50",
      Unit.MICROS,
      most(1.5, NETTY),
      most(1.15, NETTY).withEventLoop()),
  P99("ask, one at a time, p99", Work.LATENCY, "p99", Unit.MICROS, most(1, BEST_PEER)),
  LARGE("ask of 1 MiB, 4 in flight", Work.LARGE, "gibPerSecond", Unit.GIB, least(0.85, NETTY)),
  LOCAL_SEND("local send", Work.LOCAL_SEND, "perSecond", Unit.RATE, least(10, BEST_PEER)),
  LOCAL_ASK("local ask, 64 in flight", Work.LOCAL_ASK, "perSecond", Unit.RATE, least(5, BEST_PEER)),
  FILE("file by openChannel", Work.FILE, "gibPerSecond", Unit.GIB, least(0.90, NETTY)),
  FILE_MEMORY(
      "more resident memory during the file",
      Work.FILE,
      "residentGrowthMiB",
      Unit.MIB,
      most(32, NOTHING)),
  MIXED_P50("small ask beside 64 MiB, p50", Work.MIXED, "p50", Unit.MICROS, most(700, NOTHING)),
  MIXED_P99("small ask beside 64 MiB, p99", Work.MIXED, "p99", Unit.MICROS, most(30_000, NOTHING)),
  MIXED_LARGE("the asks of 64 MiB", Work.MIXED, "largeGibPerSecond", Unit.GIB, least(1, SPARK)),
  BYTES("allocated per ask", Work.ASK_64, "bytesEach", Unit.BYTES, most(2, NETTY)),
  CPU_64("processor time per ask, 64 in flight", Work.ASK_64, "cpuNanosEach", Unit.NANOS),
  CPU("processor time per ask, 1024 in flight", Work.ASK_1024, "cpuNanosEach", Unit.NANOS);

  private final String label;
  private final Work work;
  private final String metric;
  private final Unit unit;
  private final List<Goal> goals;

  Row(String label, Work work, String metric, Unit unit, Goal... goals) {
    this.label = label;
    this.work = work;
    this.metric = metric;
    this.unit = unit;
    this.goals = List.of(goals);
  }

  String label() {
    return label;
  }

  Work work() {
    return work;
  }

  String metric() {
    return metric;
  }

  Unit unit() {
    return unit;
  }

  List<Goal> goals() {
    return goals;
  }
}
