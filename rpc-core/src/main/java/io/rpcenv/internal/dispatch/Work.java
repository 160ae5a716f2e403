// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/** Something that a thread runs for one dispatcher, whoever's the thread is. */
interface Work extends Runnable {

  /** Returns whose work it is. */
  Dispatcher dispatcher();
}
