// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import io.rpcenv.examples.cluster.driver.StageDesk.CancelStage;
import io.rpcenv.examples.cluster.driver.StageDesk.RunStage;
import io.rpcenv.examples.cluster.executor.ExecutorServices;
import io.rpcenv.examples.cluster.executor.TaskRunner;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ReviveOffers;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StatusUpdate;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.StopExecutor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs the stages of an application on threads of this process: {@code local[n]}. */
final class LocalEndpoint extends RpcEndpoint {

  /** Name of the endpoint. */
  static final String ENDPOINT = "LocalSchedulerBackendEndpoint";

  private static final ExecutorId EXECUTOR = new ExecutorId("local", 0);
  private static final Duration REVIVE_INTERVAL = Duration.ofMillis(200);

  private final TaskScheduler scheduler;
  private final StageDesk desk;
  private final int cores;
  private final ExecutorServices services;
  private @Nullable TaskRunner tasks;
  private final Ticks ticks = new Ticks(this::self);

  /**
   * Makes a driver that needs nobody else.
   *
   * @param scheduler from now on this endpoint's alone
   * @param cores how many tasks it runs at a time
   * @param services what the tasks find here
   */
  LocalEndpoint(TaskScheduler scheduler, int cores, ExecutorServices services) {
    this.scheduler = scheduler;
    this.cores = cores;
    this.services = services;
    this.desk =
        new StageDesk(
            scheduler,
            new StageDesk.Tasks() {
              @Override
              public void launch(TaskScheduler.Launch task) {
                if (tasks != null) {
                  tasks.launch(task.task());
                }
              }

              @Override
              public void kill(TaskScheduler.Launch task, String why) {
                if (tasks != null) {
                  tasks.kill(task.task().taskId(), why);
                }
              }
            });
  }

  @Override
  public void onStart() {
    tasks = new TaskRunner(EXECUTOR, cores, self(), services, why -> {});
    scheduler.addExecutor(EXECUTOR, "this process", cores);
    ticks.every(REVIVE_INTERVAL, new ReviveOffers());
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof StatusUpdate m) {
      scheduler.update(m.executor(), m.taskId(), m.outcome());
      call.reply(true);
      desk.advance(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof RunStage m) {
      desk.run(m);
      self().send(new ReviveOffers());
      return;
    } else if (message instanceof CancelStage m) {
      desk.cancel(m);
    } else if (message instanceof ReviveOffers) {
      scheduler.lookForSlowOnes();
    } else if (message instanceof StopExecutor m) {
      desk.close(new JobFailedException(Reason.CANCELLED, m.reason()));
      stop();
    } else {
      super.receive(message);
      return;
    }
    desk.advance(true);
  }

  @Override
  public void onStop() {
    ticks.close();
    if (tasks != null) {
      tasks.close();
    }
    desk.close(new JobFailedException(Reason.CANCELLED, "the driver was stopped"));
  }
}
