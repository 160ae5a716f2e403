// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcTimeout;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.serialization.RefResolver;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the references of an env. Thread-safe. */
final class EnvRefs implements RefResolver {

  private final LocalPath local;
  private final RpcTimeout askTimeout;
  private final Supplier<Optional<RemotePath>> remote;

  /**
   * Makes a factory.
   *
   * @param local the way to the env's own endpoints
   * @param askTimeout what asks without a timeout of their own wait
   * @param remote the way to others; there is none without a transport
   */
  EnvRefs(LocalPath local, RpcTimeout askTimeout, Supplier<Optional<RemotePath>> remote) {
    this.local = local;
    this.askTimeout = askTimeout;
    this.remote = remote;
  }

  LocalEndpointRef local(String name) {
    return new LocalEndpointRef(local, name, askTimeout);
  }

  @Override
  public RefIdentity identify(RpcEndpointRef ref) {
    if (ref instanceof AbstractEndpointRef ours) {
      return ours.identity();
    }
    throw new IllegalArgumentException(
        "ref: " + ref.getClass().getName() + " (expected: a reference of an RpcEnv)");
  }

  @Override
  public RpcEndpointRef resolve(RefIdentity identity) {
    boolean mine =
        identity.envId().equals(local.envId())
            || (identity.address().isPresent() && isOwn(identity.address().get()));
    return mine
        ? local(identity.name())
        : new RemoteEndpointRef(remote.get().orElseThrow(), identity, askTimeout);
  }

  boolean isOwn(RpcAddress address) {
    return local.address().filter(address::equals).isPresent();
  }
}
