// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpoint;

/**
 * Tells whether an endpoint's class overrides a network hook; others are not told of the network.
 */
final class NetworkHooks {

  private static final ClassValue<Boolean> OVERRIDES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return overrides(type, "onConnected", RpcAddress.class)
              || overrides(type, "onDisconnected", RpcAddress.class)
              || overrides(type, "onNetworkError", Throwable.class, RpcAddress.class);
        }
      };

  private NetworkHooks() {}

  static boolean in(RpcEndpoint endpoint) {
    return OVERRIDES.get(endpoint.getClass());
  }

  private static boolean overrides(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type.getMethod(name, parameters).getDeclaringClass() != RpcEndpoint.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
