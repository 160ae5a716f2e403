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
 * @param detail text for people, such as {@code system property spark.rpc.askTimeout}
 */
public record RpcConfOrigin(RpcConfSource source, String detail) {

  /** Refuses null. */
  public RpcConfOrigin {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(detail, "detail");
  }

  /** Returns the detail. */
  @Override
  public String toString() {
    return detail;
  }
}
