// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import java.security.SecureRandom;

/**
 * The identity of one start of one env: 128 random bits.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record EnvId(long high, long low) {

  /** Returns a new random identity. */
  public static EnvId random() {
    SecureRandom random = new SecureRandom();
    return new EnvId(random.nextLong(), random.nextLong());
  }

  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
