// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

/** The election of a master that is alone: it always leads. */
final class SoleCandidate implements LeaderElection {

  @Override
  public boolean start(Candidate candidate) {
    return true;
  }

  @Override
  public void close() {
    // Nobody else would take over.
  }
}
