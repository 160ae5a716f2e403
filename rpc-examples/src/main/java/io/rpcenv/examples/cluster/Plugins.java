// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster;

import io.rpcenv.RpcConf;
import io.rpcenv.plugin.RpcPlugin;
import io.rpcenv.plugin.RpcPlugins;
import java.util.List;

/** Makes an application's plugins. */
public final class Plugins {

  private Plugins() {}

  /**
   * Makes plugins.
   *
   * @param names their classes, with commas between
   * @param loader where these are
   * @throws IllegalArgumentException if one cannot be made
   */
  public static List<RpcPlugin> load(String names, ClassLoader loader) {
    return RpcPlugins.load(RpcConf.builder().set("rpc.plugins", names).build(), loader);
  }
}
