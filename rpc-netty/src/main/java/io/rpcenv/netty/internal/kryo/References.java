// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import java.util.Optional;

/** References to endpoints, which go as identities, and addresses. */
final class References {

  private References() {}

  static void register(FixedTable table) {
    table
        .add(36, RpcEndpointRef.class, References::write, References::read)
        .add(37, RpcAddress.class, References::writeAddress, References::readAddress);
  }

  private static void write(WireKryo kryo, RpcEndpointRef ref) {
    RefIdentity identity = kryo.refs().identify(ref);
    kryo.out().writeLong(identity.envId().high());
    kryo.out().writeLong(identity.envId().low());
    kryo.out().writeBoolean(identity.address().isPresent());
    identity.address().ifPresent(address -> writeAddress(kryo, address));
    Values.writeText(kryo, identity.name());
  }

  private static RpcEndpointRef read(WireKryo kryo) {
    EnvId envId = new EnvId(kryo.in().readLong(), kryo.in().readLong());
    Optional<RpcAddress> address =
        kryo.in().readBoolean() ? Optional.of(readAddress(kryo)) : Optional.empty();
    return kryo.refs().resolve(new RefIdentity(envId, address, Values.readText(kryo)));
  }

  private static void writeAddress(WireKryo kryo, RpcAddress address) {
    Values.writeText(kryo, address.host());
    kryo.out().writeVarInt(address.port(), true);
  }

  private static RpcAddress readAddress(WireKryo kryo) {
    return RpcAddress.of(Values.readText(kryo), kryo.in().readVarInt(true));
  }
}
