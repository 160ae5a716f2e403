// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

/** Makes serializers; found as a service. */
public interface SerializerProvider {

  /**
   * Makes a serializer for one env.
   *
   * @param settings what it may take in and how large
   * @return the serializer; the env closes it
   */
  Serializer create(SerializerSettings settings);
}
