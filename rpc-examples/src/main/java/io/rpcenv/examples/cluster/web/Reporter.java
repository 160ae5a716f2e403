// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationStarted;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EventReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.Severity;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells the monitor of each master how this process is, once a second, and how its jobs are getting
 * on, as often as that changes, but not more than five times a second. One per env. Never blocks,
 * but for {@link #close}, and never fails: without a monitor nothing is sent. Thread-safe.
 */
public final class Reporter implements AutoCloseable {

  private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(2);

  private final RpcEnv env;
  private final RpcEndpointRef endpoint;

  private Reporter(RpcEnv env, RpcEndpointRef endpoint) {
    this.env = env;
    this.endpoint = endpoint;
  }

  /**
   * Starts to report.
   *
   * @param env the env whose counters are sent, and by which
   * @param role what kind of process this is, such as {@code worker}
   * @param name what to call it
   * @param masters where the masters listen, whose processes have monitors; all are told, so that
   *     the next one that leads knows, too
   */
  public static Reporter start(RpcEnv env, String role, String name, List<RpcAddress> masters) {
    ReporterEndpoint reporter = new ReporterEndpoint(role, name, masters);
    return new Reporter(env, env.setupEndpoint(MonitorMessage.REPORTER, reporter));
  }

  /** Lets people read the end of a file; {@code name} is what they see. */
  public void addLog(String name, Path file) {
    tell(new ReporterEndpoint.AddLog(name, file));
  }

  /** Lets people read the log file of this JVM, if {@code bin/rpcenv} gave it one. */
  public void addOwnLog() {
    String folder = System.getProperty("rpcenv.log.dir");
    String name = System.getProperty("rpcenv.log.name");
    if (folder != null && name != null) {
      addLog(name + ".log", Path.of(folder, name + ".log"));
    }
  }

  /**
   * Says where the metrics of this process's plugins are; they are part of each report from now on.
   *
   * @param metrics read once a second, on a thread of its own; what is slow or throws is left out
   */
  public void pluginMetrics(Supplier<? extends Map<String, Number>> metrics) {
    tell(new ReporterEndpoint.ReadMetrics(metrics));
  }

  /** Says how a stage is getting on. */
  public void stage(StageReport report) {
    tell(report);
  }

  /** Says what became of an attempt at a task. */
  public void task(StageKey stage, TaskReport task) {
    tell(new ReporterEndpoint.TaskChanged(stage, task));
  }

  /** Says that an application has started; {@code name} is what the user calls it. */
  public void applicationStarted(String appId, String name) {
    tell(new ApplicationStarted(appId, name));
  }

  /** Says how an application has ended; {@code message} says why, or is empty. */
  public void applicationEnded(String appId, boolean failed, String message) {
    tell(new ApplicationEnded(appId, failed, message));
  }

  /** Says that something happened to {@code subject}. */
  public void event(Severity severity, String subject, String text) {
    tell(new EventReport(severity, subject, text));
  }

  /** Sends what is left and a good-bye, while the env is still up. Waits 2 s at most. */
  @Override
  public void close() {
    try {
      boolean unused = endpoint.askSync(new ReporterEndpoint.Leave(), GOODBYE_TIMEOUT);
      env.stop(endpoint);
    } catch (RpcException e) {
      // The env was shut down before: then nobody is told.
    }
  }

  private void tell(Object message) {
    try {
      endpoint.send(message);
    } catch (RpcEnvStoppedException e) {
      // As above.
    }
  }
}
