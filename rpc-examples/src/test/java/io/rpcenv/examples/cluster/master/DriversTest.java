// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DecommissionWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestDriverStatus;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestKillDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestSubmitDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.DriverSummary;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.Decommission;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.KillDriver;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CLU-01, CLU-04: drivers that are submitted to run on a worker, as the master sees them. */
@Timeout(30)
class DriversTest {

  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final AtomicLong clock = new AtomicLong();
  private final RpcEndpointRef master =
      env.setupEndpoint("Master", new Master(MasterSettings.of(TIMEOUT), clock::get));

  @AfterEach
  void close() {
    env.close();
  }

  @Test
  void aDriverWaitsForAWorkerWithRoomAndRuns() throws Exception {
    String id = submit(false);
    assertThat(driver(id).state()).isEqualTo(DriverState.SUBMITTED);

    BlockingQueue<Object> small = register("small", 256);
    BlockingQueue<Object> large = register("large", 512);

    LaunchDriver order = hears(large, LaunchDriver.class);
    assertThat(order.driverId()).isEqualTo(id);
    assertThat(order.attempt()).isEqualTo(1);
    master.askSync(new DecommissionWorker("small"));
    assertThat(hears(small, Decommission.class)).as("the first that it hears").isNotNull();
    assertThat(driver(id).state())
        .as("not before the worker says so")
        .isNotEqualTo(DriverState.RUNNING);
    report(order, DriverState.RUNNING);
    assertThat(driver(id))
        .extracting(DriverSummary::state, DriverSummary::workerId)
        .containsExactly(DriverState.RUNNING, "large");
    report(order, DriverState.FINISHED);
    assertThat(driver(id).state()).isEqualTo(DriverState.FINISHED);
    assertThat(master.askSync(new RequestMasterState()).workers())
        .allSatisfy(worker -> assertThat(worker.memoryUsed()).isZero());
  }

  @Test
  void aDriverThatWaitsIsKilledAtOnceAndOneThatRunsByItsWorker() throws Exception {
    String waiting = submit(false);
    assertThat(kill(waiting)).isEqualTo("driver " + waiting + " is being killed");
    assertThat(driver(waiting).state()).isEqualTo(DriverState.KILLED);
    assertThat(kill(waiting)).isEqualTo("driver [" + waiting + "] has ended already: KILLED");

    BlockingQueue<Object> worker = register("w", 512);
    String running = submit(false);
    hears(worker, LaunchDriver.class);
    kill(running);
    assertThat(hears(worker, KillDriver.class).driverId()).isEqualTo(running);
  }

  @Test
  void anUnknownDriverIsAnError() {
    assertThat(kill("driver-x")).isEqualTo("no driver [driver-x] is known");
    assertThat(master.askSync(new RequestDriverStatus("driver-x")).driver()).isEmpty();
  }

  @Test
  void withItsWorkerADriverFails() throws Exception {
    BlockingQueue<Object> worker = register("w", 512);
    String id = submit(false);
    hears(worker, LaunchDriver.class);

    loseAllWorkers();

    assertThat(driver(id))
        .extracting(DriverSummary::state, DriverSummary::message)
        .containsExactly(
            DriverState.FAILED, "worker [w] is gone: it sent no heartbeat for too long");
  }

  /** SPARK-19900: the report of an attempt that was given up must not end the one that runs. */
  @Test
  void SPARK_19900_aSupervisedDriverRunsElsewhereAndItsOldAttemptDoesNotCount() throws Exception {
    BlockingQueue<Object> first = register("w1", 512);
    String id = submit(true);
    LaunchDriver lost = hears(first, LaunchDriver.class);
    report(lost, DriverState.RUNNING);

    loseAllWorkers();
    assertThat(driver(id).state()).isEqualTo(DriverState.RELAUNCHING);
    BlockingQueue<Object> second = register("w2", 512);

    LaunchDriver again = hears(second, LaunchDriver.class);
    assertThat(again.driverId()).isEqualTo(id);
    assertThat(again.attempt()).isEqualTo(2);
    report(again, DriverState.RUNNING);
    report(lost, DriverState.KILLED);
    assertThat(driver(id))
        .extracting(DriverSummary::state, DriverSummary::workerId)
        .containsExactly(DriverState.RUNNING, "w2");
  }

  private String submit(boolean supervise) {
    DriverDescription description =
        new DriverDescription(Optional.empty(), "Main", List.of("a", "b"), 1, 512, supervise);
    var response = master.askSync(new RequestSubmitDriver(description));
    assertThat(response.success()).isTrue();
    return response.driverId();
  }

  private String kill(String id) {
    return master.askSync(new RequestKillDriver(id)).message();
  }

  private DriverSummary driver(String id) {
    return master.askSync(new RequestDriverStatus(id)).driver().orElseThrow();
  }

  private void report(LaunchDriver order, DriverState state) {
    master.send(new DriverStateChanged(order.driverId(), order.attempt(), state, "because"));
  }

  private BlockingQueue<Object> register(String id, int memory) {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    RpcEndpointRef ref =
        env.setupEndpoint(id, RpcEndpoint.handling().onSend(Object.class, heard::add).build());
    master.askSync(new RegisterWorker(id, 1, ref, 2, memory, "", WorkerWork.NONE));
    return heard;
  }

  private void loseAllWorkers() {
    clock.addAndGet(TIMEOUT.toNanos() + 1);
    master.send(new MasterSelf.CheckForWorkerTimeOut());
    assertThat(master.askSync(new RequestMasterState()).workers()).isEmpty();
  }

  private static <T> T hears(BlockingQueue<Object> heard, Class<T> type) throws Exception {
    Object message = heard.poll(10, SECONDS);
    assertThat(message).isInstanceOf(type);
    return type.cast(message);
  }
}
