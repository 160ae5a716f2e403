// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.EndpointReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessReport;
import io.rpcenv.examples.cluster.web.ProcessView.EndpointView;
import io.rpcenv.examples.cluster.web.ProcessView.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the monitor keeps of a process. For one thread. */
final class ProcessRecord {

  static final int MAX_SAMPLES = 120;
  private static final int MAX_ENDPOINTS = 32;
  private static final int MAX_LOGS = 50;
  private static final long SILENT_MILLIS = 3_500;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Deque<Sample> history = new ArrayDeque<>();
  private ProcessReport report;
  private List<EndpointView> endpoints;
  private Map<String, Number> pluginMetrics;
  private long samples;
  private long heardAt;
  private boolean ended;

  ProcessRecord(ProcessReport first, long now) {
    this.report = first;
    this.heardAt = now;
    this.endpoints = first.endpoints().stream().limit(MAX_ENDPOINTS).map(e -> view(e, 0)).toList();
    this.pluginMetrics = PluginFigures.bounded(first.pluginMetrics());
  }

  /** Takes in a report; what it says of rates depends on the one before. */
  void update(ProcessReport next, long now) {
    double seconds = (next.uptimeNanos() - report.uptimeNanos()) / NANOS_PER_SECOND;
    heardAt = now;
    if (seconds <= 0) {
      return;
    }
    Map<String, Long> before = new HashMap<>();
    report.endpoints().forEach(e -> before.put(e.name(), e.handled()));
    endpoints =
        next.endpoints().stream()
            .limit(MAX_ENDPOINTS)
            .map(e -> view(e, rate(e, before, seconds)))
            .toList();
    pluginMetrics = PluginFigures.bounded(next.pluginMetrics());
    report = next;
    samples++;
    history.add(new Sample(rate(), depth()));
    if (history.size() > MAX_SAMPLES) {
      history.remove();
    }
  }

  void end() {
    ended = true;
  }

  String name() {
    return report.process().name();
  }

  ProcessReport report() {
    return report;
  }

  boolean isLive(long now) {
    return !ended && now - heardAt <= SILENT_MILLIS;
  }

  long heardAt() {
    return heardAt;
  }

  ProcessView view(long now) {
    return new ProcessView(
        report.process().id(),
        Texts.cut(report.process().name()),
        Texts.cut(report.process().role()),
        ended ? "ENDED" : isLive(now) ? "LIVE" : "SILENT",
        report.process().pid(),
        samples,
        isLive(now) ? rate() : 0,
        depth(),
        report.heapUsed(),
        report.heapMax(),
        report.queuedBytes(),
        report.dropped(),
        endpoints,
        report.logs().stream().limit(MAX_LOGS).map(Texts::cut).toList(),
        pluginMetrics,
        List.copyOf(history));
  }

  private double rate() {
    return round(endpoints.stream().mapToDouble(EndpointView::rate).sum());
  }

  private long depth() {
    return endpoints.stream().mapToLong(EndpointView::depth).sum();
  }

  private static double rate(EndpointReport now, Map<String, Long> before, double seconds) {
    // An endpoint of a name that was used before begins to count anew.
    long handled = now.handled() - before.getOrDefault(now.name(), 0L);
    return round(Math.max(0, handled) / seconds);
  }

  private static EndpointView view(EndpointReport e, double rate) {
    return new EndpointView(
        Texts.cut(e.name()), rate, e.depth(), e.handled(), e.failed(), e.dropped());
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
