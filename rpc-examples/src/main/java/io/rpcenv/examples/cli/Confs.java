// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import java.time.Duration;

/** Configuration of the example programs. */
public final class Confs {

  private Confs() {}

  /**
   * Returns what environment and system properties set, but with quicker connect retries where they
   * set nothing: someone at a terminal who mistyped an address should not wait long.
   */
  public static RpcConf quickToFail() {
    RpcConf given = RpcConf.load();
    RpcConf.Builder conf = RpcConf.builder().environment().systemProperties();
    if (!given.isSet(RpcConfKeys.NUM_RETRIES)) {
      conf.set(RpcConfKeys.NUM_RETRIES, 2);
    }
    if (!given.isSet(RpcConfKeys.RETRY_WAIT)) {
      conf.set(RpcConfKeys.RETRY_WAIT, Duration.ofMillis(300));
    }
    return conf.build();
  }
}
