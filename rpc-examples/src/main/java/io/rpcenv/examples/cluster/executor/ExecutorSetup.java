// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.Folders;
import io.rpcenv.examples.cluster.Plugins;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.protocol.ApplicationServices;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import io.rpcenv.examples.cluster.storage.BlockId;
import io.rpcenv.examples.cluster.storage.BlockManager;
import io.rpcenv.examples.cluster.storage.BlockManagerEndpoint;
import io.rpcenv.examples.cluster.storage.DiskStore;
import io.rpcenv.examples.cluster.streaming.StateStores;
import io.rpcenv.plugin.ExecutorPlugins;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What an executor has while it runs: a folder, its blocks, the application's classes. */
final class ExecutorSetup implements AutoCloseable {

  /** A larger result goes by the file server, a part of it at a time. */
  private static final int MAX_RESULT_BY_MESSAGE = 1 << 20;

  private static final int MEMORY_SHARE = 4;

  private final RpcEnv env;
  private final Path folder;
  private final ExecutorServices services;
  private final Map<Integer, Queue<String>> servedByStage = new ConcurrentHashMap<>();

  /** What to do at the end, the last first. */
  private final Deque<Runnable> ends = new ArrayDeque<>();

  private ExecutorSetup(
      RpcEnv env, ExecutorId id, RpcEndpointRef driver, ApplicationServices application)
      throws IOException {
    this.env = env;
    this.folder = Files.createTempDirectory("rpcenv-" + id.endpointName() + "-");
    ends.push(() -> Folders.delete(folder));
    try {
      this.services = start(id, driver, application);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Makes folder and blocks, fetches the application's jar and starts its plugins. Blocks.
   *
   * @throws IOException if the folder cannot be written to, or the jar cannot be read
   */
  static ExecutorSetup start(
      RpcEnv env, ExecutorId id, RpcEndpointRef driver, ApplicationServices application)
      throws IOException {
    return new ExecutorSetup(env, id, driver, application);
  }

  private ExecutorServices start(
      ExecutorId id, RpcEndpointRef driver, ApplicationServices application) throws IOException {
    TaskCodec codec = codec(application.jar());
    BlockManager blocks =
        new BlockManager(
            id.toString(),
            application.blocks(),
            Runtime.getRuntime().maxMemory() / MEMORY_SHARE,
            new DiskStore(Files.createDirectory(folder.resolve("blocks"))));
    blocks.onDrop(this::forgetResults);
    RpcEndpointRef blockEndpoint =
        env.setupEndpoint(
            "BlockManagerEndpoint-" + id.endpointName(), new BlockManagerEndpoint(blocks));
    ends.push(() -> env.stop(blockEndpoint));
    blocks.register(blockEndpoint);
    ends.push(() -> List.copyOf(servedByStage.keySet()).forEach(this::forgetResults));
    Optional<ExecutorPlugins> plugins =
        plugins(id, driver, application.plugins(), codec.application());
    plugins.ifPresent(running -> ends.push(running::close));
    return new ExecutorServices(
        id.toString(),
        blocks,
        blockEndpoint,
        application.mapOutputs(),
        application.commits(),
        new StateStores(id.toString(), application.states(), codec),
        codec,
        plugins,
        this::outcome);
  }

  private TaskCodec codec(String jar) throws IOException {
    if (jar.isEmpty()) {
      return TaskCodec.ofExamples();
    }
    URLClassLoader loader = TaskCodec.loaderOf(download(jar));
    ends.push(() -> Folders.close(loader));
    return new TaskCodec(loader);
  }

  private Optional<ExecutorPlugins> plugins(
      ExecutorId id, RpcEndpointRef driver, List<String> names, ClassLoader classes) {
    return names.isEmpty() || driver.address().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ExecutorPlugins.start(
                env,
                driver.address().get(),
                id.toString(),
                Plugins.load(String.join(",", names), classes)));
  }

  private Path download(String uri) throws IOException {
    Path file = folder.resolve("application.jar");
    try (InputStream in = Channels.newInputStream(env.openChannel(uri))) {
      Files.copy(in, file);
    }
    return file;
  }

  private TaskOutcome outcome(TaskDescription task, byte[] result) throws IOException {
    if (result.length <= MAX_RESULT_BY_MESSAGE) {
      return new TaskOutcome.Finished(result);
    }
    String name = folder.getFileName() + "-result-" + task.taskId();
    Path file = Files.write(folder.resolve(name), result);
    servedByStage.computeIfAbsent(task.stage(), stage -> new ConcurrentLinkedQueue<>()).add(name);
    return new TaskOutcome.FinishedInFile(env.fileServer().addFile(file), result.length);
  }

  /** Nobody reads the results of a stage whose work nobody needs any more. */
  private void forgetResults(BlockId.Selection dropped) {
    if (dropped instanceof BlockId.Selection.One one
        && one.block() instanceof BlockId.BroadcastBlock work) {
      forgetResults(work.id());
    }
  }

  private void forgetResults(int stage) {
    Queue<String> served = servedByStage.remove(stage);
    if (served != null) {
      for (String name : served) {
        env.fileServer().removeFile(name);
        Folders.delete(folder.resolve(name));
      }
    }
  }

  ExecutorServices services() {
    return services;
  }

  @Override
  public void close() {
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
  }
}
