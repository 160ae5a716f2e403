// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cluster.executor.ExecutorMain;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.ExecutorState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.LaunchExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each executor in a JVM of its own, with the heap and the cores that the master says. */
public final class ChildExecutors implements ExecutorLauncher {

  private static final Logger LOG = LoggerFactory.getLogger(ChildExecutors.class);

  private final WorkDir workDir;
  private final List<String> listening;

  /**
   * Makes a launcher.
   *
   * @param workDir where executors work
   * @param listening options that say at which host an executor listens, see {@code Listening}
   */
  public ChildExecutors(WorkDir workDir, List<String> listening) {
    this.workDir = workDir;
    this.listening = List.copyOf(listening);
  }

  @Override
  public Handle launch(LaunchExecutor order, Host host) throws IOException {
    ExecutorId id = order.executor();
    Path folder = workDir.createExecutorFolder(id);
    List<String> arguments = new ArrayList<>(listening);
    arguments.addAll(
        List.of(
            LifeLine.FLAG,
            "--app=" + id.appId(),
            "--number=" + id.number(),
            "--cores=" + order.cores(),
            "--worker-id=" + host.id(),
            "--worker=" + uri(host.ref()),
            "--driver=" + uri(order.driver())));
    ChildJvm child =
        ChildJvm.start(
            new ChildJvm.Spec(
                "executor",
                folder,
                order.cores(),
                order.app().memoryPerExecutor(),
                Optional.empty(),
                ExecutorMain.class.getName(),
                arguments));
    LOG.info("Executor [{}] is process {} in {}", id, child.pid(), folder);
    Child handle = new Child(id, child, host.ref());
    var unused = child.exitCode().thenAccept(handle::exited);
    return handle;
  }

  /** Returns where to find an endpoint that must be reachable from another process. */
  static String uri(RpcEndpointRef ref) throws IOException {
    Optional<RpcAddress> address = ref.address();
    if (address.isEmpty()) {
      throw new IOException("[" + ref.name() + "] listens nowhere, so no process can reach it");
    }
    return RpcEndpointAddress.of(address.get(), ref.name()).toString();
  }

  private static final class Child implements Handle {

    private final ExecutorId id;
    private final ChildJvm process;
    private final RpcEndpointRef worker;
    // What is to be said of its end, if the exit code alone does not tell; the first word counts.
    private Optional<ExecutorStateChanged> said = Optional.empty();

    Child(ExecutorId id, ChildJvm process, RpcEndpointRef worker) {
      this.id = id;
      this.process = process;
      this.worker = worker;
    }

    @Override
    public boolean isInProcess() {
      return false;
    }

    @Override
    public void kill() {
      ending(ExecutorState.KILLED, "the master said so");
      process.kill();
    }

    @Override
    public void abandon() {
      process.killAtOnce();
    }

    @Override
    public synchronized void ending(ExecutorState state, String message) {
      if (said.isEmpty()) {
        said = Optional.of(new ExecutorStateChanged(id, state, message));
      }
    }

    private synchronized Optional<ExecutorStateChanged> said() {
      return said;
    }

    /** On a thread that waits for processes; the env may have been shut down meanwhile. */
    void exited(int exitCode) {
      worker.send(
          said()
              .orElseGet(
                  () ->
                      new ExecutorStateChanged(
                          id, ExecutorState.FAILED, process.describeEnd(exitCode))));
    }
  }
}
