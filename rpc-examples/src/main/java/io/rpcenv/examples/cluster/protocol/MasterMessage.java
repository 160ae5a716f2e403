// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.util.List;

/**
 * What the master understands. What it tells itself is not here, so that nobody else can say it.
 */
public sealed interface MasterMessage {

  /** Name of the master's endpoint. */
  String ENDPOINT = "Master";

  /**
   * A worker offers itself.
   *
   * @param id the worker's name, unique in the cluster
   * @param incarnation random number of the worker's process, so that a restarted worker that took
   *     over its predecessor's name and port is told from it
   * @param worker where to reach the worker
   * @param cores how many tasks it runs at a time
   * @param memory what it has for executors and drivers, in MiB
   * @param files URI of its work folder, for those who look at logs; empty if it keeps none
   * @param work what runs on it, which is something if it comes back
   */
  record RegisterWorker(
      String id,
      long incarnation,
      RpcEndpointRef worker,
      int cores,
      int memory,
      String files,
      WorkerWork work)
      implements MasterMessage, RpcRequest<RegisterWorkerResponse> {}

  /**
   * What runs on a worker.
   *
   * @param executors its executors
   * @param driverIds the drivers that run there
   * @param endedExecutors what it could tell no master yet
   * @param endedDrivers those that ended lately; the last master may not have lived to hear it
   * @param decommissioned whether it was told to take nothing more
   */
  record WorkerWork(
      List<RunningExecutor> executors,
      List<String> driverIds,
      List<ExecutorStateChanged> endedExecutors,
      List<DriverStateChanged> endedDrivers,
      boolean decommissioned) {

    /** Nothing. */
    public static final WorkerWork NONE =
        new WorkerWork(List.of(), List.of(), List.of(), List.of(), false);
  }

  /**
   * A worker is alive.
   *
   * @param id the worker's name
   * @param worker where to tell it to register again, if the master does not know it
   */
  record Heartbeat(String id, RpcEndpointRef worker) implements MasterMessage {}

  /**
   * A worker's answer to {@link WorkerMessage.MasterChanged}.
   *
   * @param id the worker's name
   * @param work what runs there
   */
  record WorkerSchedulerStateResponse(String id, WorkerWork work) implements MasterMessage {}

  /**
   * An executor that a worker runs.
   *
   * @param id which one
   * @param cores how many cores it was given
   * @param memory its heap, in MiB
   */
  record RunningExecutor(ExecutorId id, int cores, int memory) {}

  /**
   * A client's answer to {@link AppClientMessage.MasterChanged}.
   *
   * @param appId the application, which goes on
   */
  record MasterChangeAcknowledged(String appId) implements MasterMessage {}

  /**
   * An executor changed its state.
   *
   * @param executor which one
   * @param state its new state
   * @param message why, for people
   */
  record ExecutorStateChanged(ExecutorId executor, ExecutorState state, String message)
      implements MasterMessage {}

  /**
   * An application has given up an executor: it is to be killed, and there may be another.
   *
   * @param executor which one
   * @param reason why, for people
   */
  record ReplaceExecutor(ExecutorId executor, String reason) implements MasterMessage {}

  /**
   * A driver changed its state.
   *
   * @param driverId which one
   * @param attempt which of its attempts, see {@link WorkerMessage.LaunchDriver}
   * @param state its new state
   * @param message why, for people
   */
  record DriverStateChanged(String driverId, int attempt, DriverState state, String message)
      implements MasterMessage {}

  /**
   * An application asks for executors.
   *
   * @param description what it wants
   * @param client who is told about executors, see {@link AppClientMessage}
   * @param driver where executors register
   */
  record RegisterApplication(
      ApplicationDescription description, RpcEndpointRef client, RpcEndpointRef driver)
      implements MasterMessage, RpcRequest<RegisterApplicationResponse> {}

  /**
   * An application has ended; its executors may go.
   *
   * @param appId the id that the master gave it
   */
  record UnregisterApplication(String appId) implements MasterMessage {}

  /**
   * Someone wants an application to end.
   *
   * @param appId the id that the master gave it
   */
  record KillApplication(String appId) implements MasterMessage, RpcRequest<KillResponse> {}

  /**
   * Someone wants a worker to finish what it runs, and then to end.
   *
   * @param workerId its name
   */
  record DecommissionWorker(String workerId) implements MasterMessage, RpcRequest<KillResponse> {}

  /**
   * Someone wants a driver to run on a worker.
   *
   * @param description what to run
   */
  record RequestSubmitDriver(DriverDescription description)
      implements MasterMessage, RpcRequest<SubmitDriverResponse> {}

  /**
   * Someone wants a driver to end.
   *
   * @param driverId the id that the master gave it
   */
  record RequestKillDriver(String driverId) implements MasterMessage, RpcRequest<KillResponse> {}

  /**
   * Someone wants to know how a driver is.
   *
   * @param driverId the id that the master gave it
   */
  record RequestDriverStatus(String driverId)
      implements MasterMessage, RpcRequest<DriverStatusResponse> {}

  /** Someone wants to know how the cluster is. */
  record RequestMasterState() implements MasterMessage, RpcRequest<MasterStateResponse> {}
}
