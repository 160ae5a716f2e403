// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Objects;

/**
 * One line of {@link RpcConf#effective()}.
 *
 * @param key name of the key
 * @param value its effective value, with unit
 * @param origin where the value comes from
 */
public record RpcConfEntry(String key, String value, RpcConfOrigin origin) {

  /** Refuses null. */
  public RpcConfEntry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(origin, "origin");
  }

  /** Returns {@code key = value (place)}, with the other key where another one sets the value. */
  @Override
  public String toString() {
    String by = origin.key().equals(key) ? "" : ", as " + origin.key();
    return key + " = " + value + " (" + origin.place() + by + ")";
  }
}
