// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcConf;

/** What both parts of a plugin know. Any thread. */
public interface PluginContext {

  /** Returns the plugin's name: that of its class. */
  String pluginName();

  /** Returns the configuration of the env that this part runs in. */
  RpcConf conf();

  /** Returns where this part names its metrics, at any time. */
  PluginMetrics metrics();
}
