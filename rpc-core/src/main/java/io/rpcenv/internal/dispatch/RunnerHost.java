// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/** Whose thread a {@link Runner} is: told of its waits. */
interface RunnerHost {

  /**
   * Learns that the calling thread, one of its own, is about to wait.
   *
   * @param what what is waited for, for texts
   */
  default void blocking(String what) {}

  /** Learns that the calling thread goes on. */
  default void unblocked() {}
}
