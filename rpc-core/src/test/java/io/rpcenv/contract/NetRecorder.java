// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcAddress;

/** A servant that overrides the network hooks, too, and so gets network events. */
public class NetRecorder extends Servant {

  @Override
  public void onConnected(RpcAddress peer) throws Exception {
    note("connected " + peer);
  }

  @Override
  public void onDisconnected(RpcAddress peer) throws Exception {
    note("disconnected " + peer);
  }

  @Override
  public void onNetworkError(Throwable cause, RpcAddress peer) throws Exception {
    note("network error " + peer);
  }
}
