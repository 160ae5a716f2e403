// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import io.rpcenv.examples.cluster.driver.HeartbeatMessage;
import io.rpcenv.examples.cluster.plugin.TaskCountPlugin;
import io.rpcenv.examples.cluster.shuffle.CommitMessage;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage;
import io.rpcenv.plugin.PluginMessage;

/** All that may cross the wire between the processes of the cluster. */
public final class Protocol {

  private Protocol() {}

  /**
   * Returns the classes for {@code RpcEnv.Builder.messages}. Records nested in these interfaces,
   * their replies and their components come along by themselves.
   */
  public static Class<?>[] messages() {
    return new Class<?>[] {
      MasterMessage.class,
      WorkerMessage.class,
      AppClientMessage.class,
      DriverMessage.class,
      ExecutorMessage.class,
      HeartbeatMessage.class,
      MapOutputMessage.class,
      CommitMessage.class,
      BlockManagerMasterMessage.class,
      BlockManagerMessage.class,
      StateStoreMessage.class,
      PluginMessage.class,
      TaskCountPlugin.TaskCountMessage.class,
      WatcherMessage.class,
      MonitorMessage.class
    };
  }
}
