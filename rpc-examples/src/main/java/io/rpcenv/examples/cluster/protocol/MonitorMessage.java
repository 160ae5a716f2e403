// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.util.List;
import java.util.Map;

/**
 * What the monitor in the master's process is told, for people to see, and what a process's
 * reporter is asked. Nothing here is needed to run a job: reports are sent, never asked, and one
 * that is lost is made up for by the next one.
 */
public sealed interface MonitorMessage {

  /** Name of the monitor's endpoint. */
  String ENDPOINT = "Monitor";

  /** Name of the endpoint of each process that sends the reports. */
  String REPORTER = "Reporter";

  /**
   * How a process is, once a second.
   *
   * @param process who
   * @param uptimeNanos time of the process when it looked at its counters; differences count
   * @param heapUsed bytes
   * @param heapMax bytes
   * @param queuedBytes bytes that wait for sockets
   * @param dropped one-way messages lost since the process started
   * @param endpoints its endpoints
   * @param logs names of the log files that it lets people read, see {@link RequestLogTail}
   * @param pluginMetrics the metrics of the plugins that run in it, by {@code plugin.<class
   *     name>.<metric>}, at most {@value #MAX_METRICS}
   */
  record ProcessReport(
      ProcessInfo process,
      long uptimeNanos,
      long heapUsed,
      long heapMax,
      long queuedBytes,
      long dropped,
      List<EndpointReport> endpoints,
      List<String> logs,
      Map<String, Number> pluginMetrics)
      implements MonitorMessage {}

  /**
   * Who a process is.
   *
   * @param id random, so that a successor of the same name is told from it
   * @param name for people
   * @param role such as {@code worker}
   * @param pid the number of the JVM
   * @param reporter its reporter
   */
  record ProcessInfo(String id, String name, String role, long pid, RpcEndpointRef reporter) {}

  /**
   * The counters of an endpoint since it started.
   *
   * @param name the endpoint's name
   * @param depth messages that wait in its inbox
   * @param handled messages handled
   * @param failed messages whose handler threw
   * @param dropped messages refused
   */
  record EndpointReport(String name, int depth, long handled, long failed, long dropped) {}

  /**
   * A process ends, and knows it.
   *
   * @param processId which one
   */
  record ProcessEnded(String processId) implements MonitorMessage {}

  /**
   * How a stage of a job is getting on; replaces what was said of it before.
   *
   * @param stage which one
   * @param name for people
   * @param tasks how many tasks it has
   * @param running how many run now
   * @param done how many are done
   * @param failed how many attempts failed or were lost so far
   * @param state whether it goes on
   */
  record StageReport(
      StageKey stage, String name, int tasks, int running, int done, int failed, StageState state)
      implements MonitorMessage {}

  /**
   * A stage.
   *
   * @param appId the application
   * @param stageId counts the application's stages
   */
  record StageKey(String appId, int stageId) {}

  /** What a stage is doing. */
  enum StageState {
    /** Its tasks run, or wait to. */
    RUNNING,
    /** All its tasks are done. */
    DONE,
    /** It was given up. */
    FAILED
  }

  /**
   * What became of some attempts at tasks, at most {@value #MAX_TASKS} at a time.
   *
   * @param stage of which stage
   * @param tasks the attempts
   */
  record TaskReports(StageKey stage, List<TaskReport> tasks) implements MonitorMessage {}

  /** The most attempts in one report. */
  int MAX_TASKS = 200;

  /** The most metrics of plugins in one report. */
  int MAX_METRICS = 100;

  /**
   * An attempt at a task.
   *
   * @param partition from 0
   * @param attempt from 0
   * @param workerId where
   * @param state what became of it
   * @param millis how long it has run, from 1; 0 if it has only begun
   * @param error why it failed, or empty
   */
  record TaskReport(
      int partition, int attempt, String workerId, TaskState state, long millis, String error) {}

  /** What became of an attempt at a task. */
  enum TaskState {
    /** It runs. */
    RUNNING,
    /** It is done. */
    DONE,
    /** It failed. */
    FAILED,
    /** It was stopped, for it was needed no more. */
    KILLED,
    /** Its executor is gone. */
    LOST
  }

  /**
   * A driver has an application.
   *
   * @param appId which one
   * @param name given by the user
   */
  record ApplicationStarted(String appId, String name) implements MonitorMessage {}

  /**
   * A driver says how its application ended.
   *
   * @param appId which one
   * @param failed whether it failed
   * @param message why, or empty
   */
  record ApplicationEnded(String appId, boolean failed, String message) implements MonitorMessage {}

  /**
   * Something happened that people should know.
   *
   * @param severity how bad it is
   * @param subject what it is about, such as a worker's name
   * @param text what happened
   */
  record EventReport(Severity severity, String subject, String text) implements MonitorMessage {}

  /** How bad an event is. */
  enum Severity {
    /** Not at all. */
    INFO,
    /** Somebody may want to look. */
    WARNING
  }

  /**
   * Asked of a process's reporter: the end of a log file, which somebody wants to read.
   *
   * @param name the file's name, one of those in its {@link ProcessReport}
   * @param maxBytes at most so many bytes, at most 256 KiB
   */
  record RequestLogTail(String name, int maxBytes) implements MonitorMessage, RpcRequest<LogTail> {}

  /**
   * The end of a log file.
   *
   * @param name the file's name
   * @param size its length in bytes
   * @param from where in the file the text begins
   * @param text from there to the end
   */
  record LogTail(String name, long size, long from, String text) {}
}
