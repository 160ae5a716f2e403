// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/**
 * An executor's identity, given by the master and never used twice.
 *
 * @param appId the application it works for
 * @param number counts the executors of that application, from 0
 */
public record ExecutorId(String appId, int number) {

  /** Returns the name of the executor's endpoint. */
  public String endpointName() {
    return "executor-" + appId + "-" + number;
  }

  @Override
  public String toString() {
    return appId + "/" + number;
  }
}
