// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.ThreadDump;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import io.rpcenv.examples.cluster.protocol.WatcherMessage.TriggerThreadDump;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.ExecutorAttached;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps a connection with the worker that started this process, and notices when it is gone. */
public final class WorkerWatcher extends RpcEndpoint {

  private final RpcEndpointRef worker;
  private final Optional<ExecutorId> executor;
  private final Consumer<String> onWorkerGone;

  /**
   * Makes a watcher.
   *
   * @param worker whom to watch; the env is connected with it
   * @param executor what this process is, if it is an executor
   * @param onWorkerGone told why, when the worker is gone: the process should end
   */
  public WorkerWatcher(
      RpcEndpointRef worker, Optional<ExecutorId> executor, Consumer<String> onWorkerGone) {
    this.worker = worker;
    this.executor = executor;
    this.onWorkerGone = onWorkerGone;
  }

  @Override
  public void onStart() {
    executor.ifPresent(id -> worker.send(new ExecutorAttached(id, self())));
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof TriggerThreadDump) {
      call.reply(ThreadDump.ofThisProcess());
    } else {
      super.receiveAndReply(message, call);
    }
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    if (isWorker(peer)) {
      onWorkerGone.accept("the worker at " + peer + " is gone");
    }
  }

  @Override
  public void onNetworkError(Throwable cause, RpcAddress peer) {
    if (isWorker(peer)) {
      onWorkerGone.accept("the worker at " + peer + " cannot be reached: " + cause.getMessage());
    }
  }

  private boolean isWorker(RpcAddress peer) {
    return worker.address().filter(peer::equals).isPresent();
  }
}
