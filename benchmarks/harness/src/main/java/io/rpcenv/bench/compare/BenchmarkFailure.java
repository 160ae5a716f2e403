// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

/** A system lost a message, gave a wrong answer, or did not answer at all. */
final class BenchmarkFailure extends Exception {

  private static final long serialVersionUID = 1;

  BenchmarkFailure(String message) {
    super(message);
  }
}
