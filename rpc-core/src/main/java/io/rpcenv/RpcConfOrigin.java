// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Objects;

/**
 * Where a setting comes from.
 *
 * @param source kind of place
 * @param key the key under which the value stands there, such as {@code spark.rpc.askTimeout}
 * @param place text for people, such as {@code default}, {@code file conf/rpc.properties} or {@code
 *     environment variable RPCENV_RPC_ASKTIMEOUT}
 */
public record RpcConfOrigin(RpcConfSource source, String key, String place) {

  /** Refuses null. */
  public RpcConfOrigin {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(place, "place");
  }

  /** Returns the place. */
  @Override
  public String toString() {
    return place;
  }
}
