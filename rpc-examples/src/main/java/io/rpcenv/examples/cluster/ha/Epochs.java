// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

/** Numbers leaderships. */
final class Epochs {

  private Epochs() {}

  /**
   * Returns the number after {@code last}. It is taken from the clock where that is later, so that
   * it grows even if the place where the last one was kept is lost.
   */
  static long after(long last) {
    return Math.max(last + 1, System.currentTimeMillis());
  }
}
