// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

/** Decides which of several masters leads. */
public interface LeaderElection extends AutoCloseable {

  /** Who wants to lead. Called on any thread. */
  interface Candidate {

    /** It leads from now on. At most once. */
    void elected();

    /**
     * It leads no longer, and never will again. At most once, and only after {@link #elected()}.
     *
     * @param why for people
     */
    void revoked(String why);
  }

  /**
   * Lets someone take part. Once.
   *
   * @return whether it leads at once; {@link Candidate#elected()} is not called then
   */
  boolean start(Candidate candidate);

  /** Takes part no longer; who leads, resigns. */
  @Override
  void close();
}
