// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.AppClientMessage;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ApplicationRemoved;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorExpired;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorUpdated;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.MasterChanged;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.StopAppClient;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.WorkerRemoved;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRefused;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRegistered;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveWorker;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterInStandby;
import io.rpcenv.examples.cluster.protocol.MasterMessage.MasterChangeAcknowledged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ReplaceExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.UnregisterApplication;
import io.rpcenv.examples.cluster.protocol.RegisterApplicationResponse;
import io.rpcenv.examples.cluster.protocol.RegisteredApplication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CLU-12: an application follows the master of the highest epoch, and heeds no other. */
@Timeout(30)
class AppClientTest {

  private final ApplicationDescription description = ApplicationDescription.of("test");
  private final RpcEnv env = RpcEnv.builder("test").build();
  private final BlockingQueue<Object> driver = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> first = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> second = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> registered = new CompletableFuture<>();
  private volatile RegisterApplicationResponse answer = new MasterInStandby();

  @AfterEach
  void close() {
    env.close();
  }

  private RpcEndpointRef keeping(String name, BlockingQueue<Object> heard) {
    return env.setupEndpoint(
        name,
        RpcEndpoint.handling()
            .onSend(Object.class, heard::add)
            .onAsk(RegisterApplication.class, (message, call) -> call.reply(answer))
            .build());
  }

  private RpcEndpointRef start(RpcEndpointRef master) {
    return start(AppClient.Line.only(master));
  }

  private RpcEndpointRef start(AppClient.Line masters) {
    RpcEndpointRef ref =
        env.setupEndpoint(
            "driver",
            RpcEndpoint.handling()
                .onSend(ApplicationRegistered.class, m -> registered.complete(m.appId()))
                .onSend(Object.class, driver::add)
                .build());
    return env.setupEndpoint("client", new AppClient(description, masters, ref));
  }

  private static <T> T hears(BlockingQueue<Object> heard, Class<T> type) throws Exception {
    Object message = heard.poll(10, SECONDS);
    assertThat(message).isInstanceOf(type);
    return type.cast(message);
  }

  @Test
  void whatADeposedMasterSaysIsNotHeeded() throws Exception {
    RpcEndpointRef master = keeping("first", first);
    answer = new RegisteredApplication("app-1", master, 5);
    RpcEndpointRef client = start(master);
    RpcEndpointRef next = keeping("second", second);
    RpcEndpointRef formerMaster = keeping("former", first);
    client.send(new WorkerRemoved(5, "w0", "gone"));
    assertThat(hears(driver, RemoveWorker.class).workerId()).isEqualTo("w0");

    assertThat(registered.get(10, SECONDS)).isEqualTo("app-1");
    client.send(new MasterChanged(next, 6));
    assertThat(hears(second, MasterChangeAcknowledged.class).appId()).isEqualTo("app-1");
    client.send(new WorkerRemoved(5, "w1", "silent"));
    client.send(new ApplicationRemoved(5, ApplicationState.FAILED, "no reason"));
    client.send(new MasterChanged(formerMaster, 5));
    ExecutorId executor = new ExecutorId("app-1", 0);
    client.send(new ExecutorUpdated(6, executor, ExecutorState.FAILED, "why"));

    assertThat(hears(driver, RemoveExecutor.class).executor())
        .as("the first thing that the driver hears")
        .isEqualTo(executor);
    client.send(new ApplicationRemoved(6, ApplicationState.KILLED, "why"));
    assertThat(hears(driver, ApplicationEnded.class))
        .isEqualTo(new ApplicationEnded(ApplicationState.KILLED, "the master gave up on it: why"));
    assertThat(client.askSync(new StopAppClient())).isTrue();
    assertThat(hears(second, UnregisterApplication.class).appId()).isEqualTo("app-1");
    formerMaster.askSync(new RegisterApplication(description, client, client)); // all before it
    assertThat(first).noneMatch(message -> message instanceof MasterChangeAcknowledged);
  }

  @Test
  void anExecutorThatIsGivenUpIsForgottenAndReplaced() throws Exception {
    RpcEndpointRef master = keeping("first", first);
    answer = new RegisteredApplication("app-1", master, 5);
    RpcEndpointRef client = start(master);
    assertThat(registered.get(10, SECONDS)).isEqualTo("app-1");
    ExecutorId executor = new ExecutorId("app-1", 0);

    client.send(new ExecutorExpired(executor, "silent"));

    assertThat(hears(driver, RemoveExecutor.class))
        .isEqualTo(new RemoveExecutor(executor, "silent"));
    assertThat(hears(first, ReplaceExecutor.class))
        .isEqualTo(new ReplaceExecutor(executor, "silent"));
    client.send(new MasterChanged(keeping("second", second), 6));
    hears(second, MasterChangeAcknowledged.class);
    assertThat(hears(second, ReplaceExecutor.class).executor())
        .as("the first master may not have lived to do it")
        .isEqualTo(executor);
  }

  /** A driver on the port of one that died is another application. */
  @Test
  void eachClientHasANameOfItsOwn() {
    assertThat(AppClientMessage.newEndpointName())
        .startsWith("AppClient-")
        .isNotEqualTo(AppClientMessage.newEndpointName());
  }

  @Test
  void aMasterThatDoesNotLeadIsNoMaster() throws Exception {
    start(keeping("first", first));

    assertThat(hears(driver, ApplicationRefused.class).reason())
        .isEqualTo("the master did not take it: it leads no longer");
  }

  /** It may have died between the moment it was found and the moment it was asked. */
  @Test
  void whenAMasterDoesNotTakeItAnotherMay() throws Exception {
    RpcEndpointRef standby = keeping("first", first);
    CompletableFuture<RpcEndpointRef> me = new CompletableFuture<>();
    RpcEndpoint leading =
        RpcEndpoint.handling()
            .onAsk(
                RegisterApplication.class,
                (message, call) -> call.reply(new RegisteredApplication("app-7", me.join(), 7)))
            .build();
    me.complete(env.setupEndpoint("leader", leading));
    Queue<Optional<RpcEndpointRef>> found =
        new ArrayDeque<>(List.of(Optional.empty(), Optional.of(me.join())));

    start(
        new AppClient.Line(
            standby,
            () -> CompletableFuture.completedFuture(found.remove()),
            Duration.ofSeconds(30)));

    assertThat(registered.get(10, SECONDS)).isEqualTo("app-7");
    assertThat(driver).isEmpty();
  }
}
