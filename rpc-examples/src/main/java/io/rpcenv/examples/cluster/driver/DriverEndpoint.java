// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.driver.JobFailedException.Reason;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRefused;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RegisterExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveWorker;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ReviveOffers;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StatusUpdate;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StopExecutors;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.KillTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.LaunchTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.StopExecutor;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse.RegisterExecutorFailed;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse.RegisteredExecutor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs one job on whatever executors come. */
final class DriverEndpoint extends RpcEndpoint {

  private static final Duration REVIVE_INTERVAL = Duration.ofMillis(200);
  private static final StopExecutor JOB_OVER =
      new StopExecutor(ExecutorState.KILLED, "the job is over");
  private static final Duration LAUNCH_TIMEOUT = Duration.ofSeconds(30);

  private final TaskScheduler scheduler;
  private final DriverSettings settings;
  private final LongSupplier nanoClock;
  private final CompletableFuture<List<CompletedTask>> result = new CompletableFuture<>();
  private final Map<ExecutorId, RegisterExecutor> executors = new LinkedHashMap<>();
  private final long startedAt;
  private boolean begun;
  private long lastExecutorAt;
  private @Nullable Ticks ticks;

  /** A task did not reach an executor; the driver tells itself. */
  private record LaunchFailed(RegisterExecutor executor, String why) {}

  /**
   * Makes a driver.
   *
   * @param scheduler the job; from now on this endpoint's alone
   * @param settings how long it waits
   * @param nanoClock what it measures waiting with, usually {@code System::nanoTime}
   */
  DriverEndpoint(TaskScheduler scheduler, DriverSettings settings, LongSupplier nanoClock) {
    this.scheduler = scheduler;
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.startedAt = nanoClock.getAsLong();
    this.lastExecutorAt = startedAt;
  }

  /** Returns the end of the job: its parts in order, or a {@link JobFailedException}. */
  CompletableFuture<List<CompletedTask>> result() {
    return result.copy();
  }

  @Override
  public void onStart() {
    ticks = new Ticks(self());
    ticks.every(REVIVE_INTERVAL, new ReviveOffers());
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof RegisterExecutor m) {
      call.reply(register(m));
    } else if (message instanceof StatusUpdate m) {
      scheduler.update(m.executor(), m.taskId(), m.outcome());
      call.reply(true);
    } else if (message instanceof StopExecutors) {
      fail(Reason.REFUSED, "the driver was stopped");
      executors.values().forEach(executor -> executor.ref().send(JOB_OVER));
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
      return;
    }
    advance();
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof RemoveExecutor m) {
      remove(m.executor(), m.reason());
    } else if (message instanceof RemoveWorker m) {
      removeIf(e -> e.workerId().equals(m.workerId()), m.reason());
    } else if (message instanceof LaunchFailed m) {
      remove(m.executor().executor(), m.why());
      m.executor().ref().send(new StopExecutor(ExecutorState.LOST, m.why())); // if it is there
    } else if (message instanceof ApplicationRefused m) {
      fail(Reason.REFUSED, m.reason());
    } else if (message instanceof ReviveOffers) {
      failIfAlone();
    } else {
      super.receive(message);
      return;
    }
    advance();
  }

  /** The quickest sign of a dead worker process; the master's word follows. */
  @Override
  public void onDisconnected(RpcAddress peer) {
    removeIf(e -> e.ref().address().filter(peer::equals).isPresent(), "its process disconnected");
    advance();
  }

  @Override
  public void onStop() {
    if (ticks != null) {
      ticks.close();
    }
  }

  private RegisterExecutorResponse register(RegisterExecutor m) {
    if (result.isDone()) {
      return new RegisterExecutorFailed("the job is over");
    }
    executors.put(m.executor(), m);
    scheduler.addExecutor(m.executor(), m.workerId(), m.cores());
    return new RegisteredExecutor();
  }

  private void removeIf(Predicate<RegisterExecutor> gone, String why) {
    List.copyOf(executors.values()).stream()
        .filter(gone)
        .forEach(executor -> remove(executor.executor(), why));
  }

  private void remove(ExecutorId id, String why) {
    executors.remove(id);
    scheduler.removeExecutor(id, why);
  }

  /** Does what follows from the news: ends the job, or gives out tasks. */
  private void advance() {
    if (result.isDone()) {
      return;
    }
    if (scheduler.isDone()) {
      result.complete(scheduler.completed());
    } else if (scheduler.failure().isPresent()) {
      fail(Reason.TASK_FAILED, scheduler.failure().get());
    } else if (mayBegin()) {
      scheduler.assign().forEach(this::launch);
    }
  }

  private boolean mayBegin() {
    begun =
        begun
            || scheduler.executorCount() >= settings.minExecutors()
            || nanoClock.getAsLong() - startedAt > settings.minExecutorsWait().toNanos();
    return begun;
  }

  private void launch(TaskScheduler.Launch launch) {
    RegisterExecutor executor = executors.get(launch.executor());
    RpcEndpointRef me = self();
    if (executor == null) {
      me.send(new RemoveExecutor(launch.executor(), "it is not registered"));
      return;
    }
    var unused =
        executor
            .ref()
            .ask(new LaunchTask(launch.task()), LAUNCH_TIMEOUT)
            .whenComplete(
                (accepted, failure) -> {
                  if (failure != null) {
                    String why = "a task did not reach it: " + Failures.text(failure);
                    me.send(new LaunchFailed(executor, why));
                  }
                });
  }

  private void failIfAlone() {
    long now = nanoClock.getAsLong();
    if (scheduler.executorCount() > 0) {
      lastExecutorAt = now;
    } else if (now - lastExecutorAt > settings.noExecutorsLimit().toNanos()) {
      long seconds = settings.noExecutorsLimit().toSeconds();
      fail(Reason.NO_EXECUTORS, "no worker was there for " + seconds + " s");
    }
  }

  private void fail(Reason reason, String why) {
    if (result.completeExceptionally(new JobFailedException(reason, why))) {
      for (TaskScheduler.Launch task : scheduler.running()) {
        RegisterExecutor executor = executors.get(task.executor());
        if (executor != null) {
          executor.ref().send(new KillTask(task.task().taskId(), "the job has failed"));
        }
      }
    }
  }
}
