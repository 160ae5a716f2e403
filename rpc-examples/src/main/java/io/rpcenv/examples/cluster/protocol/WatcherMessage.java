// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.RpcRequest;

/** What the watcher in a child process of a worker understands, from that worker. */
public sealed interface WatcherMessage {

  /** Name of the watcher's endpoint. */
  String ENDPOINT = "WorkerWatcher";

  /** Say what the threads of this process are doing. */
  record TriggerThreadDump() implements WatcherMessage, RpcRequest<String> {}
}
