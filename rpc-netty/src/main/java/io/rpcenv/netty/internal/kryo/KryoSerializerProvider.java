// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerProvider;
import io.rpcenv.serialization.SerializerSettings;

/** Makes {@link KryoSerializer}s; found as a service. */
public final class KryoSerializerProvider implements SerializerProvider {

  /** Creates the provider, for the service loader. */
  public KryoSerializerProvider() {}

  @Override
  public Serializer create(SerializerSettings settings) {
    return new KryoSerializer(settings);
  }
}
