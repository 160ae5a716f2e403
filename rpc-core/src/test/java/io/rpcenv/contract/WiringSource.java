// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

/** What a runner mixes into each contract that it runs. */
public interface WiringSource {

  /** Returns a wiring for one test. */
  Wiring wiring();
}
