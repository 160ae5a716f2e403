// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

/**
 * A thread that an env has only one of, such as its timer: what blocks there holds up the whole
 * env, so a {@link WaitGuard} refuses it.
 */
public final class EnvThread extends Thread {

  /**
   * Makes a daemon thread; it is not started.
   *
   * @param envName part of its name
   * @param role part of its name
   * @param work what it does
   */
  public EnvThread(String envName, String role, Runnable work) {
    super(null, work, "rpc-" + envName + "-" + role + "-1", 0, false);
    setDaemon(true);
  }
}
