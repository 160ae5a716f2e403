// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import java.time.Instant;
import java.util.List;

/**
 * The state of the cluster, as the master sees it.
 *
 * @param status whether this master leads; one that does not knows nothing of the others
 * @param epoch the number of its leadership, see {@link WorkerMessage}; 0 if it does not lead
 * @param workers the living workers
 * @param activeApps the running applications
 * @param completedApps the last applications that ended, the latest first
 * @param activeDrivers the drivers that were submitted and have not ended
 * @param completedDrivers the last drivers that ended, the latest first
 */
public record MasterStateResponse(
    MasterStatus status,
    long epoch,
    List<WorkerSummary> workers,
    List<ApplicationSummary> activeApps,
    List<ApplicationSummary> completedApps,
    List<DriverSummary> activeDrivers,
    List<DriverSummary> completedDrivers) {

  /**
   * A worker.
   *
   * @param id its name
   * @param address where it listens
   * @param state what the master thinks of it
   * @param cores how many tasks it runs at a time
   * @param coresUsed how many of them are given away
   * @param memory what it has for executors and drivers, in MiB
   * @param memoryUsed how much of that is given away, in MiB
   * @param executors how many executors run on it
   * @param lastHeartbeat when it was heard last
   * @param files URI of its work folder, which holds the logs of executor {@code N} of an
   *     application as {@code APPLICATION/N/stdout} and {@code stderr}, a driver's as {@code
   *     DRIVER/stdout} and {@code stderr}; empty if it keeps none
   */
  public record WorkerSummary(
      String id,
      String address,
      WorkerState state,
      int cores,
      int coresUsed,
      int memory,
      int memoryUsed,
      int executors,
      Instant lastHeartbeat,
      String files) {}

  /**
   * An application.
   *
   * @param id given by the master
   * @param name given by the user
   * @param state what it is doing
   * @param cores how many cores its executors have together
   * @param memoryPerExecutor heap of each of its executors, in MiB
   * @param startTime when it registered
   * @param executors its executors
   */
  public record ApplicationSummary(
      String id,
      String name,
      ApplicationState state,
      int cores,
      int memoryPerExecutor,
      Instant startTime,
      List<ExecutorSummary> executors) {}

  /**
   * An executor.
   *
   * @param id its id
   * @param workerId the worker it runs on
   * @param state what it is doing
   * @param cores how many tasks it runs at a time
   */
  public record ExecutorSummary(ExecutorId id, String workerId, ExecutorState state, int cores) {}

  /**
   * A driver.
   *
   * @param id given by the master
   * @param mainClass what it runs
   * @param state what it is doing
   * @param workerId the worker it runs or ran on; empty if there is none yet
   * @param startTime when it was submitted
   * @param message how it ended, for people; empty while it runs
   */
  public record DriverSummary(
      String id,
      String mainClass,
      DriverState state,
      String workerId,
      Instant startTime,
      String message) {}
}
