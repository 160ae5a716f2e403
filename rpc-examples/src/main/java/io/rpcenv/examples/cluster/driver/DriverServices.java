// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcRequest;
import io.rpcenv.examples.cluster.Folders;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExecutorRegistered;
import io.rpcenv.examples.cluster.driver.HeartbeatMessage.ExecutorRemoved;
import io.rpcenv.examples.cluster.executor.ExecutorServices;
import io.rpcenv.examples.cluster.executor.Results;
import io.rpcenv.examples.cluster.protocol.ApplicationServices;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.shuffle.CommitMessage;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.AttemptFailed;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StopCoordinator;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RemoveOutputsOf;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.StopMapOutputTracker;
import io.rpcenv.examples.cluster.shuffle.MapOutputTracker;
import io.rpcenv.examples.cluster.shuffle.OutputCommitCoordinator;
import io.rpcenv.examples.cluster.storage.BlockManager;
import io.rpcenv.examples.cluster.storage.BlockManagerEndpoint;
import io.rpcenv.examples.cluster.storage.BlockManagerMaster;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.StopBlockManagerMaster;
import io.rpcenv.examples.cluster.storage.DiskStore;
import io.rpcenv.examples.cluster.streaming.StateStoreCoordinator;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.RemoveInstancesOf;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.StopStateStoreCoordinator;
import io.rpcenv.examples.cluster.streaming.StateStores;
import io.rpcenv.plugin.ExecutorPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The endpoints beside a driver's own: who keeps what, who has written what, who is alive. */
final class DriverServices implements AutoCloseable, DriverEndpoint.ExecutorWatcher {

  private static final String BLOCKS = "BlockManagerEndpoint1";
  private static final int MEMORY_SHARE = 4;
  private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(10);

  private final RpcEnv env;
  private final Path folder;
  private final Thread deletion;
  private final TaskCodec codec;
  private final RpcEndpointRef heartbeats;
  private final RpcEndpointRef mapOutputs;
  private final RpcEndpointRef commits;
  private final RpcEndpointRef states;
  private final RpcEndpointRef blockMaster;
  private final RpcEndpointRef blockEndpoint;
  private final BlockManager blocks;

  /**
   * Starts them.
   *
   * @param env where
   * @param codec encodes what is the application's
   * @param executorSilence an executor that is silent for longer is given up
   * @param onExpired told which one; on an endpoint's thread
   * @throws IOException if there is no place for temporary files
   */
  DriverServices(
      RpcEnv env, TaskCodec codec, Duration executorSilence, Consumer<ExecutorId> onExpired)
      throws IOException {
    this.env = env;
    this.codec = codec;
    this.folder = Files.createTempDirectory("rpcenv-driver-");
    this.deletion = new Thread(() -> Folders.delete(folder), "deletion");
    Runtime.getRuntime().addShutdownHook(deletion); // for a process that is told to end
    this.heartbeats =
        env.setupEndpoint(
            HeartbeatMessage.ENDPOINT,
            new HeartbeatReceiver(executorSilence, onExpired, System::nanoTime));
    this.mapOutputs = env.setupEndpoint(MapOutputMessage.ENDPOINT, new MapOutputTracker());
    this.commits = env.setupEndpoint(CommitMessage.ENDPOINT, new OutputCommitCoordinator());
    this.states = env.setupEndpoint(StateStoreMessage.ENDPOINT, new StateStoreCoordinator());
    this.blockMaster =
        env.setupEndpoint(BlockManagerMasterMessage.ENDPOINT, new BlockManagerMaster());
    this.blocks =
        new BlockManager(
            BlockManager.DRIVER,
            blockMaster,
            Runtime.getRuntime().maxMemory() / MEMORY_SHARE,
            new DiskStore(folder));
    this.blockEndpoint = env.setupEndpoint(BLOCKS, new BlockManagerEndpoint(blocks));
    blocks.register(blockEndpoint);
  }

  TaskCodec codec() {
    return codec;
  }

  BlockManager blocks() {
    return blocks;
  }

  RpcEndpointRef blockMaster() {
    return blockMaster;
  }

  RpcEndpointRef mapOutputs() {
    return mapOutputs;
  }

  RpcEndpointRef commits() {
    return commits;
  }

  RpcEndpointRef states() {
    return states;
  }

  /**
   * Returns what tasks find that run in this process.
   *
   * @param plugins are told of each task, if there are any
   */
  ExecutorServices here(Optional<ExecutorPlugins> plugins) {
    return new ExecutorServices(
        BlockManager.DRIVER,
        blocks,
        blockEndpoint,
        mapOutputs,
        commits,
        new StateStores(BlockManager.DRIVER, states, codec),
        codec,
        plugins,
        Results.BY_MESSAGE);
  }

  /**
   * Returns what executors have to know.
   *
   * @param heartbeatInterval how often they say that they are alive
   * @param jar see {@link ApplicationServices}
   * @param plugins the classes of the application's plugins
   */
  ApplicationServices forExecutors(Duration heartbeatInterval, String jar, List<String> plugins) {
    return new ApplicationServices(
        heartbeats, heartbeatInterval, mapOutputs, blockMaster, commits, states, jar, plugins);
  }

  @Override
  public void added(ExecutorId executor) {
    tell(heartbeats, new ExecutorRegistered(executor));
  }

  @Override
  public void removed(ExecutorId executor) {
    tell(heartbeats, new ExecutorRemoved(executor));
    tell(mapOutputs, new RemoveOutputsOf(executor.toString()));
    tell(blockMaster, new RemoveExecutor(executor.toString()));
    tell(states, new RemoveInstancesOf(executor.toString()));
  }

  /** An attempt has ended without success: another one may commit. */
  void attemptFailed(JobProgress.Attempt attempt) {
    tell(commits, new AttemptFailed(attempt.stage(), attempt.partition(), attempt.attempt()));
  }

  private static void tell(RpcEndpointRef endpoint, RpcRequest<?> request) {
    var unused = endpoint.ask(request);
  }

  /** Stops them, the last first. */
  @Override
  public void close() {
    states.askSync(new StopStateStoreCoordinator(), GOODBYE_TIMEOUT);
    commits.askSync(new StopCoordinator(), GOODBYE_TIMEOUT);
    mapOutputs.askSync(new StopMapOutputTracker(), GOODBYE_TIMEOUT);
    env.stop(blockEndpoint);
    blockMaster.askSync(new StopBlockManagerMaster(), GOODBYE_TIMEOUT);
    env.stop(heartbeats);
    Folders.delete(folder);
    keepNothingForTheEnd();
  }

  private void keepNothingForTheEnd() {
    try {
      Runtime.getRuntime().removeShutdownHook(deletion);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs.
    }
  }
}
