// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A message of any size.
 *
 * @param id counts up within a run
 * @param data the bytes
 */
public record Blob(long id, byte[] data) implements Serializable {

  /** Tells whether both hold the same. */
  public boolean same(Blob other) {
    return id == other.id && Arrays.equals(data, other.data);
  }

  @Override
  public String toString() {
    return "Blob[" + id + ", " + (data == null ? "null" : data.length) + "]";
  }
}
