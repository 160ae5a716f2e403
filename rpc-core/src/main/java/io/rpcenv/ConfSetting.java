// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/**
 * A value that some source sets.
 *
 * @param value the text as it stands there
 * @param origin where it stands
 */
record ConfSetting(String value, RpcConfOrigin origin) {

  /** Reads the value, or fails naming key, value, what is expected and the place. */
  <T> T read(ConfType<T> type) {
    try {
      return type.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: %s (expected: %s), from %s"
              .formatted(origin.key(), value, type.expected(), origin.place()),
          e);
    }
  }
}
