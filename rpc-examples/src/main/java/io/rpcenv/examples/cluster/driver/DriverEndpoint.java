// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import io.rpcenv.examples.cluster.driver.StageDesk.CancelStage;
import io.rpcenv.examples.cluster.driver.StageDesk.RunStage;
import io.rpcenv.examples.cluster.protocol.ApplicationServices;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRefused;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRegistered;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RegisterExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveWorker;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RetrieveApplicationServices;
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
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Runs the stages of an application on whatever executors come. */
final class DriverEndpoint extends RpcEndpoint {

  private static final Duration REVIVE_INTERVAL = Duration.ofMillis(200);
  private static final Duration LAUNCH_TIMEOUT = Duration.ofSeconds(30);
  private static final StopExecutor JOB_OVER =
      new StopExecutor(ExecutorState.KILLED, "the job is over");

  private final TaskScheduler scheduler;
  private final StageDesk desk;
  private final DriverSettings settings;
  private final ApplicationServices services;
  private final ExecutorWatcher watcher;
  private final LongSupplier nanoClock;
  private final Map<ExecutorId, RegisterExecutor> executors = new LinkedHashMap<>();
  private final long startedAt;
  private boolean begun;
  private long lastExecutorAt;
  private final Ticks ticks = new Ticks(this::self);

  /** A task did not reach an executor; the driver tells itself. */
  private record LaunchFailed(RegisterExecutor executor, String why) {}

  /** A task cannot be sent to anybody; the driver tells itself. */
  private record Unsendable(TaskScheduler.Launch launch, String why) {}

  /** Wants to know who is there; called on the driver's endpoint, must not block. */
  interface ExecutorWatcher {
    /** Tasks will go there. */
    void added(ExecutorId executor);

    /** No task goes there any more, and what it kept is gone. */
    void removed(ExecutorId executor);
  }

  /**
   * Makes a driver.
   *
   * @param scheduler from now on this endpoint's alone
   * @param settings how long it waits
   * @param services what executors have to know of the application
   * @param watcher who else wants to know which executors there are
   * @param nanoClock what it measures waiting with, usually {@code System::nanoTime}
   */
  DriverEndpoint(
      TaskScheduler scheduler,
      DriverSettings settings,
      ApplicationServices services,
      ExecutorWatcher watcher,
      LongSupplier nanoClock) {
    this.scheduler = scheduler;
    this.settings = settings;
    this.services = services;
    this.watcher = watcher;
    this.nanoClock = nanoClock;
    this.startedAt = nanoClock.getAsLong();
    this.lastExecutorAt = startedAt;
    this.desk =
        new StageDesk(
            scheduler,
            new StageDesk.Tasks() {
              @Override
              public void launch(TaskScheduler.Launch task) {
                launchAt(task);
              }

              @Override
              public void kill(TaskScheduler.Launch task, String why) {
                killAt(task, why);
              }
            });
  }

  @Override
  public void onStart() {
    ticks.every(REVIVE_INTERVAL, new ReviveOffers());
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof RetrieveApplicationServices) {
      call.reply(services);
    } else if (message instanceof RegisterExecutor m) {
      call.reply(register(m));
    } else if (message instanceof StatusUpdate m) {
      scheduler.update(m.executor(), m.taskId(), m.outcome());
      call.reply(true);
    } else if (message instanceof StopExecutors) {
      desk.close(new JobFailedException(Reason.CANCELLED, "the driver was stopped"));
      executors.values().forEach(executor -> executor.ref().send(JOB_OVER));
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
      return;
    }
    desk.advance(mayBegin());
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof RunStage m) {
      lastExecutorAt = nanoClock.getAsLong();
      desk.run(m);
    } else if (message instanceof CancelStage m) {
      desk.cancel(m);
    } else if (message instanceof RemoveExecutor m) {
      remove(m.executor(), m.reason());
    } else if (message instanceof RemoveWorker m) {
      removeIf(e -> e.workerId().equals(m.workerId()), m.reason());
    } else if (message instanceof LaunchFailed m) {
      if (executors.containsKey(m.executor().executor())) { // of many tasks only once
        remove(m.executor().executor(), m.why());
      }
      m.executor().ref().send(new StopExecutor(ExecutorState.LOST, m.why())); // if it is there
    } else if (message instanceof Unsendable m) {
      scheduler.update(
          m.launch().executor(), m.launch().task().taskId(), new TaskOutcome.Failed(m.why()));
    } else if (message instanceof ApplicationRegistered m) {
      scheduler.applicationRegistered(m.appId());
    } else if (message instanceof ApplicationRefused m) {
      desk.close(new JobFailedException(Reason.REFUSED, m.reason()));
    } else if (message instanceof ApplicationEnded m) {
      Reason end = m.end() == ApplicationState.KILLED ? Reason.CANCELLED : Reason.TASK_FAILED;
      desk.close(new JobFailedException(end, m.reason()));
    } else if (message instanceof ReviveOffers) {
      scheduler.lookForSlowOnes();
      failIfAlone();
    } else {
      super.receive(message);
      return;
    }
    desk.advance(mayBegin());
  }

  /** The quickest sign of a dead worker process; the master's word follows. */
  @Override
  public void onDisconnected(RpcAddress peer) {
    removeIf(e -> e.ref().address().filter(peer::equals).isPresent(), "its process disconnected");
    desk.advance(mayBegin());
  }

  @Override
  public void onStop() {
    ticks.close();
    desk.close(new JobFailedException(Reason.CANCELLED, "the driver was stopped"));
  }

  private RegisterExecutorResponse register(RegisterExecutor m) {
    if (desk.isClosed()) {
      return new RegisterExecutorFailed("the job is over");
    }
    executors.put(m.executor(), m);
    watcher.added(m.executor());
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
    watcher.removed(id); // also of one that never registered: it may have blocks
    scheduler.removeExecutor(id, why);
  }

  private boolean mayBegin() {
    begun =
        begun
            || scheduler.executorCount() >= settings.minExecutors()
            || nanoClock.getAsLong() - startedAt > settings.minExecutorsWait().toNanos();
    return begun;
  }

  private void launchAt(TaskScheduler.Launch launch) {
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
                    me.send(notLaunched(executor, launch, Failures.cause(failure)));
                  }
                });
  }

  private static Object notLaunched(
      RegisterExecutor executor, TaskScheduler.Launch launch, Throwable failure) {
    return failure instanceof RpcMessageTooLargeException
            || failure instanceof RpcSerializationException
        ? new Unsendable(launch, "the task cannot be sent: " + failure.getMessage())
        : new LaunchFailed(executor, "a task did not reach it: " + Failures.text(failure));
  }

  private void killAt(TaskScheduler.Launch task, String why) {
    RegisterExecutor executor = executors.get(task.executor());
    if (executor != null) {
      executor.ref().send(new KillTask(task.task().taskId(), why));
    }
  }

  private void failIfAlone() {
    long now = nanoClock.getAsLong();
    if (scheduler.executorCount() > 0 || !scheduler.isBusy()) {
      lastExecutorAt = now;
    } else if (now - lastExecutorAt > settings.noExecutorsLimit().toNanos()) {
      long seconds = settings.noExecutorsLimit().toSeconds();
      desk.fail(
          new JobFailedException(
              Reason.NO_EXECUTORS,
              "no executor was there for %d s%s"
                  .formatted(
                      seconds,
                      scheduler.lastEnd().isEmpty()
                          ? ""
                          : "; the last one: " + scheduler.lastEnd())));
    }
  }
}
