// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.executor.CoarseGrainedExecutorBackend;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerLatestState;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisterWorkerFailed;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ReconnectWorker;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ReregisterWithMaster;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.SendHeartbeat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers with the master, stays in touch with it, and starts executors on its order. */
public final class Worker extends RpcEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration REGISTER_TIMEOUT = Duration.ofSeconds(10);

  private final WorkerSettings settings;
  private final Consumer<String> onFatal;
  private final Backoff backoff;
  private final long incarnation;
  private final Map<ExecutorId, RpcEndpointRef> executors = new LinkedHashMap<>();
  private State state = State.REGISTERING;
  private Optional<RpcEndpointRef> master = Optional.empty();
  private Optional<Duration> heartbeatInterval = Optional.empty();
  private int failures;
  private @Nullable Ticks ticks;

  private enum State {
    /** An attempt to register is under way. */
    REGISTERING,
    /** The master knows us; {@code master} is set. */
    REGISTERED,
    /** The next attempt is due in a while. */
    PAUSING
  }

  /** The end of an attempt to register: the worker tells itself, to go on in its own time. */
  private sealed interface Attempt {
    record Answered(RegisterWorkerResponse response) implements Attempt {}

    record Failed(String why) implements Attempt {}
  }

  /**
   * Makes a worker.
   *
   * @param settings who it is
   * @param onFatal told why, once, when the worker cannot be part of the cluster: the process
   *     should end. Runs on the endpoint's thread.
   */
  public Worker(WorkerSettings settings, Consumer<String> onFatal) {
    Random random = new Random();
    this.settings = settings;
    this.onFatal = onFatal;
    this.backoff = new Backoff(settings.quickPause(), settings.slowPause(), random);
    this.incarnation = random.nextLong();
  }

  @Override
  public void onStart() {
    ticks = new Ticks(self());
    register();
  }

  @Override
  public void onStop() {
    if (ticks != null) {
      ticks.close();
    }
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof SendHeartbeat) {
      master.ifPresent(m -> m.send(new Heartbeat(settings.id(), self())));
    } else if (message instanceof Attempt.Answered m) {
      answered(m.response());
    } else if (message instanceof Attempt.Failed m) {
      failed(m.why());
    } else if (message instanceof ReregisterWithMaster) {
      register();
    } else if (message instanceof ReconnectWorker) {
      lostMaster("it asked this worker to register again");
    } else if (message instanceof LaunchExecutor m) {
      launch(m);
    } else if (message instanceof KillExecutor m) {
      kill(m.executor());
    } else if (message instanceof ExecutorStateChanged m) {
      executorChanged(m);
    } else {
      super.receive(message);
    }
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    if (master.flatMap(RpcEndpointRef::address).filter(peer::equals).isPresent()) {
      lostMaster("it disconnected");
    }
  }

  private void register() {
    state = State.REGISTERING;
    RpcEndpointRef me = self();
    RegisterWorker request = new RegisterWorker(settings.id(), incarnation, me, settings.cores());
    String uri = RpcEndpointAddress.of(settings.master(), MasterMessage.ENDPOINT).toString();
    // Neither step blocks; the outcome comes back as a message, to be handled one at a time.
    var unused =
        rpcEnv()
            .asyncSetupEndpointRefByURI(uri)
            .thenCompose(found -> found.ask(request, REGISTER_TIMEOUT))
            .whenComplete(
                (response, failure) ->
                    me.send(
                        failure == null
                            ? new Attempt.Answered(response)
                            : new Attempt.Failed(Failures.text(failure))));
  }

  private void answered(RegisterWorkerResponse response) {
    if (response instanceof RegisteredWorker registered) {
      registered(registered);
    } else if (response instanceof RegisterWorkerFailed refused) {
      onFatal.accept("the master refused this worker: " + refused.message());
    }
  }

  private void registered(RegisteredWorker m) {
    state = State.REGISTERED;
    master = Optional.of(m.master());
    failures = 0;
    LOG.info("Worker [{}] is registered with the master at {}", settings.id(), settings.master());
    if (m.duplicate()) {
      LOG.warn("The master had not noticed that worker [{}] was away", settings.id());
    }
    m.master().send(new WorkerLatestState(settings.id(), List.copyOf(executors.keySet())));
    if (ticks != null && heartbeatInterval.isEmpty()) {
      heartbeatInterval = Optional.of(m.heartbeatInterval());
      ticks.every(m.heartbeatInterval(), new SendHeartbeat());
    }
  }

  private void failed(String why) {
    failures++;
    LOG.info("Attempt {} to register failed: {}", failures, why);
    pause(why);
  }

  private void lostMaster(String why) {
    if (state == State.REGISTERED) {
      LOG.warn("Worker [{}] lost the master: {}", settings.id(), why);
      pause(why);
    }
  }

  private void pause(String why) {
    state = State.PAUSING;
    master = Optional.empty();
    Optional<Duration> pause = backoff.pauseAfter(failures);
    if (pause.isEmpty()) {
      onFatal.accept(
          "no master at " + settings.master() + " after " + failures + " attempts: " + why);
    } else if (ticks != null) {
      ticks.after(pause.get(), new ReregisterWithMaster());
    }
  }

  private void launch(LaunchExecutor m) {
    CoarseGrainedExecutorBackend executor =
        new CoarseGrainedExecutorBackend(
            m.executor(), settings.id(), settings.cores(), m.driver(), self());
    executors.put(m.executor(), rpcEnv().setupEndpoint(m.executor().endpointName(), executor));
    LOG.info("Executor [{}] started for {}", m.executor(), m.appName());
  }

  private void kill(ExecutorId executor) {
    RpcEndpointRef ref = executors.remove(executor);
    if (ref != null) {
      rpcEnv().stop(ref);
      executorChanged(
          new ExecutorStateChanged(executor, ExecutorState.KILLED, "the master said so"));
    }
  }

  /** One of our executors says so; the master wants to know. */
  private void executorChanged(ExecutorStateChanged m) {
    if (m.state().isFinished()) {
      executors.remove(m.executor());
      LOG.info("Executor [{}] ended, {}: {}", m.executor(), m.state(), m.message());
    }
    master.ifPresent(ref -> ref.send(m));
  }
}
