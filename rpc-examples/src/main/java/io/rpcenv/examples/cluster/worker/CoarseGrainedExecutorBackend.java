// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RegisterExecutor;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.KillTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.LaunchTask;
import io.rpcenv.examples.cluster.protocol.ExecutorMessage.StopExecutor;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse.RegisterExecutorFailed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one driver on the cores of one worker. Ends when the worker stops it, when the
 * driver says so or is gone; in the latter cases it tells the worker.
 */
final class CoarseGrainedExecutorBackend extends RpcEndpoint {

  private final ExecutorId id;
  private final String workerId;
  private final int cores;
  private final RpcEndpointRef driver;
  private final RpcEndpointRef worker;
  private @Nullable TaskRunner tasks;
  private Optional<ExecutorStateChanged> end = Optional.empty();

  /** The executor has reason to end; it tells itself, from whatever thread noticed. */
  record Ended(ExecutorState state, String why) {}

  CoarseGrainedExecutorBackend(
      ExecutorId id, String workerId, int cores, RpcEndpointRef driver, RpcEndpointRef worker) {
    this.id = id;
    this.workerId = workerId;
    this.cores = cores;
    this.driver = driver;
    this.worker = worker;
  }

  @Override
  public void onStart() {
    RpcEndpointRef me = self();
    tasks = new TaskRunner(id, cores, driver, why -> me.send(new Ended(ExecutorState.LOST, why)));
    worker.send(new ExecutorStateChanged(id, ExecutorState.RUNNING, "started"));
    var unused =
        driver
            .ask(new RegisterExecutor(id, workerId, me, cores))
            .whenComplete((response, failure) -> registered(me, response, failure));
  }

  private static void registered(
      RpcEndpointRef me, @Nullable RegisterExecutorResponse response, @Nullable Throwable failure) {
    if (failure != null) {
      me.send(new Ended(ExecutorState.LOST, "cannot reach the driver: " + Failures.text(failure)));
    } else if (response instanceof RegisterExecutorFailed refused) {
      me.send(new Ended(ExecutorState.KILLED, "the driver refused it: " + refused.message()));
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof LaunchTask m && tasks != null) {
      tasks.launch(m.task());
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof KillTask m && tasks != null) {
      tasks.kill(m.taskId(), m.reason());
    } else if (message instanceof StopExecutor m) {
      end(m.end(), "the driver said: " + m.reason());
    } else if (message instanceof Ended m) {
      end(m.state(), m.why());
    } else {
      super.receive(message);
    }
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    if (driver.address().filter(peer::equals).isPresent()) {
      end(ExecutorState.LOST, "the driver disconnected");
    }
  }

  private void end(ExecutorState state, String why) {
    if (end.isEmpty()) {
      end = Optional.of(new ExecutorStateChanged(id, state, why));
      stop();
    }
  }

  /** Reports the end last, when nothing of this executor runs any more. */
  @Override
  public void onStop() {
    if (tasks != null) {
      tasks.close();
    }
    end.ifPresent(worker::send);
  }
}
