// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcRequest;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationStarted;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EndpointReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EventReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessInfo;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.RequestLogTail;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.web.MonitorLink.LookedUp;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Collects what there is to report and sends it to the monitor, when its clock says so. */
final class ReporterEndpoint extends RpcEndpoint {

  private static final Duration TICK = Duration.ofMillis(200);
  private static final int TICKS_PER_REPORT = 5;
  private static final int MAX_ENDPOINTS = 32;

  private final String role;
  private final String name;
  private final String id = randomId();
  private final PendingReports pending = new PendingReports();
  private final LogFiles logs = new LogFiles();
  private final MetricsReader metrics = new MetricsReader();
  private final List<MonitorLink> links;
  private int ticksUntilReport;
  private final Ticks ticks = new Ticks(this::self);

  /** Time to send what there is. */
  private record Tick() {}

  /** People may read a file. */
  record AddLog(String name, Path file) {}

  /** The plugins of this process have metrics. */
  record ReadMetrics(Supplier<? extends Map<String, Number>> metrics) {}

  /** An attempt at a task has begun or ended. */
  record TaskChanged(StageKey stage, TaskReport task) {}

  /** The process ends: send what is left. Answered when that has been done. */
  record Leave() implements RpcRequest<Boolean> {}

  ReporterEndpoint(String role, String name, List<RpcAddress> masters) {
    this.role = role;
    this.name = name;
    this.links = masters.stream().map(MonitorLink::new).toList();
  }

  @Override
  public void onStart() {
    ticks.every(TICK, new Tick());
    links.forEach(link -> link.lookUp(rpcEnv(), self()));
  }

  @Override
  public void onStop() {
    ticks.close();
    metrics.close();
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Tick) {
      tick();
    } else if (message instanceof StageReport m) {
      pending.add(m);
    } else if (message instanceof TaskChanged m) {
      pending.add(m.stage(), m.task());
    } else if (message instanceof EventReport m) {
      pending.add(m);
    } else if (message instanceof ApplicationStarted m) {
      pending.add(m);
    } else if (message instanceof ApplicationEnded m) {
      pending.add(m);
    } else if (message instanceof AddLog m) {
      logs.add(m.name(), m.file());
    } else if (message instanceof ReadMetrics m) {
      metrics.readFrom(m.metrics());
    } else if (message instanceof LookedUp m) {
      if (links.stream().anyMatch(link -> link.found(m))) {
        ticksUntilReport = 0; // it is not kept waiting for the first one
      }
    } else {
      super.receive(message);
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof RequestLogTail m) {
      replyTail(m, call);
    } else if (message instanceof Leave) {
      sendLast(monitors());
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  /** A file that is not there is the asker's mistake, not one of this process. */
  private void replyTail(RequestLogTail m, RpcCallContext call) {
    try {
      call.reply(logs.tail(m.name(), m.maxBytes()));
    } catch (IOException | IllegalArgumentException e) {
      call.sendFailure(e);
    }
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    links.forEach(link -> link.disconnected(peer));
  }

  private List<RpcEndpointRef> monitors() {
    return links.stream().flatMap(link -> link.monitor().stream()).toList();
  }

  private void tick() {
    links.forEach(link -> link.lookUp(rpcEnv(), self()));
    List<RpcEndpointRef> monitors = monitors();
    if (monitors.isEmpty()) {
      return;
    }
    pending.sendTo(monitors);
    if (--ticksUntilReport <= 0) {
      ticksUntilReport = TICKS_PER_REPORT;
      ProcessReport report = report();
      monitors.forEach(monitor -> monitor.send(report));
    }
  }

  private void sendLast(List<RpcEndpointRef> monitors) {
    pending.sendTo(monitors);
    ProcessReport report = report();
    for (RpcEndpointRef monitor : monitors) {
      monitor.send(report);
      monitor.send(new ProcessEnded(id));
    }
  }

  private ProcessReport report() {
    RpcEnvStats stats = rpcEnv().stats();
    Runtime runtime = Runtime.getRuntime();
    return new ProcessReport(
        new ProcessInfo(id, name, role, ProcessHandle.current().pid(), self()),
        System.nanoTime(),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        stats.peers().stream().mapToLong(RpcEnvStats.Peer::queuedBytes).sum(),
        sum(stats.dropped().values()),
        endpoints(stats.endpoints()),
        logs.names(),
        metrics.read());
  }

  /** The busiest ones, should there be very many. */
  private static List<EndpointReport> endpoints(List<RpcEnvStats.Endpoint> endpoints) {
    return endpoints.stream()
        .sorted(Comparator.comparingLong(RpcEnvStats.Endpoint::handled).reversed())
        .limit(MAX_ENDPOINTS)
        .map(
            e ->
                new EndpointReport(
                    e.name(), e.depth(), e.handled(), e.failed(), sum(e.dropped().values())))
        .toList();
  }

  private static long sum(Iterable<Long> counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  private static String randomId() {
    byte[] bytes = new byte[6];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
