// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.ApplicationServices;
import io.rpcenv.examples.cluster.protocol.DriverMessage;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RegisterExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RetrieveApplicationServices;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.RegisterExecutorResponse.RegisteredExecutor;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorAttached;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorEnding;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import io.rpcenv.examples.cluster.storage.BlockManagerMaster;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage;
import io.rpcenv.plugin.DriverPlugins;
import io.rpcenv.plugin.ExecutorPlugin;
import io.rpcenv.plugin.RpcPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-02, CLU-03: an executor as a JVM of its own, between a worker and a driver that are here. */
@Timeout(60)
class ChildExecutorsTest {

  private static final ExecutorId EXECUTOR = new ExecutorId("app-1", 0);

  @TempDir Path root;
  private final BlockingQueue<ExecutorStateChanged> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<RegisterExecutor> registered = new CompletableFuture<>();
  private final CompletableFuture<ExecutorLauncher.Handle> handle = new CompletableFuture<>();
  private final RpcEnv env =
      RpcEnv.builder("test").listen("127.0.0.1", 0).messages(Protocol.messages()).build();
  private final List<RpcPlugin> plugins = List.of(new Farewell());
  private final DriverPlugins driverParts = DriverPlugins.start(env, plugins);
  private RpcEndpointRef worker;
  private RpcEndpointRef driver;

  /** Its executor part says when it is over. */
  public static final class Farewell implements RpcPlugin {

    /** For loading by name. */
    public Farewell() {}

    @Override
    public Optional<ExecutorPlugin> executorPlugin() {
      return Optional.of(
          new ExecutorPlugin() {
            @Override
            public void shutdown() {
              System.out.println("Farewell");
            }
          });
    }
  }

  @BeforeEach
  void prepare() {
    worker =
        env.setupEndpoint(
            WorkerMessage.ENDPOINT,
            RpcEndpoint.handling()
                .onSend(ExecutorStateChanged.class, heard::add)
                .onSend(ExecutorAttached.class, attached -> {})
                .onAsk(
                    ExecutorEnding.class,
                    (ending, call) -> {
                      handle.join().ending(ending.state(), ending.message());
                      call.reply(true);
                    })
                .build());
    RpcEndpointRef blocks =
        env.setupEndpoint(BlockManagerMasterMessage.ENDPOINT, new BlockManagerMaster());
    driver =
        env.setupEndpoint(
            DriverMessage.ENDPOINT,
            RpcEndpoint.handling()
                .onAsk(
                    RetrieveApplicationServices.class,
                    (question, call) -> call.reply(services(blocks)))
                .onAsk(
                    RegisterExecutor.class,
                    (executor, call) -> {
                      call.reply(new RegisteredExecutor());
                      registered.complete(executor);
                    })
                .build());
  }

  /** Nobody needs but the blocks and the plugin. */
  private ApplicationServices services(RpcEndpointRef blocks) {
    return new ApplicationServices(
        blocks,
        Duration.ofHours(1),
        blocks,
        blocks,
        blocks,
        blocks,
        "",
        List.of(Farewell.class.getName()));
  }

  @AfterEach
  void close() {
    driverParts.close();
    env.close();
  }

  private static Path temporaryOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("tmp-")).findFirst().orElseThrow();
    }
  }

  @Test
  void anExecutorWorksInItsFolderAndIsKilledInOrder() throws Exception {
    try (WorkDir work = new WorkDir(root, Duration.ofHours(1), System::nanoTime, Runnable::run)) {
      handle.complete(
          new ChildExecutors(work, List.of("--host=127.0.0.1", "--master=127.0.0.1:1"))
              .launch(
                  new LaunchExecutor(1, EXECUTOR, ApplicationDescription.of("test"), 1, driver),
                  new ExecutorLauncher.Host("w1", worker, env)));
      assertThat(registered.get(30, SECONDS).executor()).isEqualTo(EXECUTOR);
      Path folder = root.resolve("app-1/0");
      try (Stream<Path> temporary = Files.list(temporaryOf(folder))) {
        assertThat(temporary)
            .as("what an executor has: %s", Files.readString(folder.resolve("stderr")))
            .anyMatch(path -> path.getFileName().toString().startsWith("rpcenv-"));
      }

      handle.join().kill();

      assertThat(hears().state()).isEqualTo(ExecutorState.RUNNING);
      assertThat(hears().state()).isEqualTo(ExecutorState.KILLED);
      assertThat(folder).isDirectoryNotContaining("glob:**/tmp-*");
      assertThat(folder.resolve("stdout"))
          .as("%s", Files.readString(folder.resolve("stderr")))
          .content()
          .contains("Farewell");
    }
  }

  private ExecutorStateChanged hears() throws Exception {
    ExecutorStateChanged change = heard.poll(30, SECONDS);
    assertThat(change).isNotNull();
    return change;
  }
}
