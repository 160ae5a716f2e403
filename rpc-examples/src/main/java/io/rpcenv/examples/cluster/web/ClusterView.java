// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cluster as {@code /api/state} shows it. Times are milliseconds since 1970, memory is in
 * bytes; what is not known is left out of the JSON.
 *
 * @param master the master
 * @param workers living ones, then those that went lately
 * @param applications running ones, then those that ended lately
 * @param executors the executors of running applications
 * @param drivers drivers that run on workers
 */
public record ClusterView(
    MasterView master,
    List<WorkerView> workers,
    List<ApplicationView> applications,
    List<ExecutorView> executors,
    List<DriverView> drivers) {

  /** State of a worker that may get executors. */
  public static final String ALIVE = "ALIVE";

  /** State of a worker that gets no more executors. */
  public static final String DECOMMISSIONED = "DECOMMISSIONED";

  /** State of a worker that is gone. */
  public static final String DEAD = "DEAD";

  /** State of a master that does not lead. */
  public static final String STANDBY = "STANDBY";

  /** State of an application, an executor, a stage or a task. */
  public static final String RUNNING = "RUNNING";

  static final int APPLICATIONS_WITH_STAGES = 200;
  static final int STAGES_IN_STREAM = 10;
  private static final int BIG = 500;

  /**
   * Returns what is streamed of it, for the whole is sent at each change: the last stages of each
   * application, and none of running ones that are far down the list.
   */
  ClusterView lean() {
    List<ApplicationView> lean = new ArrayList<>();
    for (ApplicationView app : applications) {
      boolean isSeen = lean.size() < APPLICATIONS_WITH_STAGES || app.endedAt().isPresent();
      lean.add(app.withLastStages(isSeen ? STAGES_IN_STREAM : 0));
    }
    return new ClusterView(master, workers, List.copyOf(lean), executors, drivers);
  }

  /** Returns whether it takes long to write, to send and to show. */
  boolean isBig() {
    return workers.size() + applications.size() + executors.size() + drivers.size() > BIG;
  }

  /**
   * The master.
   *
   * @param address where it listens
   * @param state whether it leads
   * @param epoch of its leadership, if there are several masters
   */
  public record MasterView(String address, String state, Optional<Long> epoch) {

    /** Returns whether it knows what there is: one that does not lead, or only just, does not. */
    boolean leads() {
      return state.equals(ALIVE);
    }
  }

  /**
   * A worker.
   *
   * @param id its name
   * @param address where it listens
   * @param state {@value #ALIVE}, {@value #DECOMMISSIONED} or {@value #DEAD}
   * @param cores how many it has
   * @param coresUsed how many of them are in use
   * @param memory how much it has
   * @param memoryUsed how much of it is in use
   * @param executors how many run on it
   * @param goneAt when it went
   */
  public record WorkerView(
      String id,
      String address,
      String state,
      int cores,
      Optional<Integer> coresUsed,
      Optional<Long> memory,
      Optional<Long> memoryUsed,
      int executors,
      Optional<Long> goneAt) {

    boolean isGone() {
      return state.equals(DEAD);
    }

    WorkerView gone(long now) {
      return new WorkerView(
          id,
          address,
          DEAD,
          cores,
          Optional.empty(),
          memory,
          Optional.empty(),
          0,
          Optional.of(goneAt.orElse(now)));
    }
  }

  /**
   * An application.
   *
   * @param id given by the master
   * @param name given by the user
   * @param state {@value #RUNNING} or {@code WAITING}, or how it ended
   * @param message why it ended so, or empty
   * @param executors how many it has
   * @param startedAt when it started
   * @param endedAt when it ended
   * @param stages the latest ones, without their tasks
   */
  public record ApplicationView(
      String id,
      String name,
      String state,
      String message,
      int executors,
      Optional<Long> startedAt,
      Optional<Long> endedAt,
      List<StageView> stages) {

    boolean isOver() {
      return state.equals("FINISHED") || state.equals("FAILED") || state.equals("KILLED");
    }

    ApplicationView withLastStages(int count) {
      return new ApplicationView(
          id,
          name,
          state,
          message,
          executors,
          startedAt,
          endedAt,
          stages.subList(Math.max(0, stages.size() - count), stages.size()));
    }
  }

  /**
   * A stage of a job.
   *
   * @param stageId counts the stages of the application
   * @param name for people
   * @param tasks how many it has
   * @param running how many run now
   * @param done how many are done
   * @param failed how many attempts failed or were lost
   * @param state {@value #RUNNING}, or how it ended
   */
  public record StageView(
      int stageId, String name, int tasks, int running, int done, int failed, String state) {}

  /**
   * An executor.
   *
   * @param id given by the master
   * @param appId for whom it works
   * @param workerId where it runs
   * @param state what it is doing
   */
  public record ExecutorView(String id, String appId, String workerId, String state) {}

  /**
   * A driver that runs on a worker.
   *
   * @param id given by the master
   * @param mainClass what it runs
   * @param state what it is doing
   * @param message why, or empty
   * @param workerId where it runs
   */
  public record DriverView(
      String id, String mainClass, String state, String message, Optional<String> workerId) {}
}
