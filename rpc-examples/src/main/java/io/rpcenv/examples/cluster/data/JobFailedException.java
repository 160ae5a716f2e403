// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serial;

/** A job came to nothing. The message says why, for people. */
public final class JobFailedException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What kind of failure it is. */
  public enum Reason {
    /** The work itself failed, or what it ran in. */
    TASK_FAILED,
    /** Nobody was there to do it. */
    NO_EXECUTORS,
    /** The master does not want it. */
    REFUSED,
    /** Somebody ended it. */
    CANCELLED
  }

  /** Creates the failure. */
  public JobFailedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns what kind of failure it is. */
  public Reason reason() {
    return reason;
  }
}
