// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.RpcEnvSettings;

/** Opens envs by the public builder; without a transport they are reached in-process alone. */
public final class InProcessWiring implements Wiring {

  /** Creates the wiring. */
  public InProcessWiring() {}

  @Override
  public RpcEnv open(RpcEnvSettings settings) {
    return builder(settings).build();
  }

  /** Returns the public builder, told what the settings say. */
  public static RpcEnv.Builder builder(RpcEnvSettings settings) {
    RpcEnv.Builder builder =
        RpcEnv.builder(settings.name()).conf(settings.conf()).classLoader(settings.classLoader());
    for (RpcEnvSettings.Messages messages : settings.messages()) {
      builder.messages(messages.classes().toArray(Class<?>[]::new));
    }
    for (RpcEnvListener listener : settings.listeners()) {
      builder.listener(listener);
    }
    settings.listen().ifPresent(listen -> builder.listen(listen.host(), listen.port()));
    settings.advertise().ifPresent(address -> builder.advertise(address.host(), address.port()));
    settings.threads().ifPresent(builder::threads);
    return builder;
  }

  @Override
  public boolean remote() {
    return false;
  }
}
