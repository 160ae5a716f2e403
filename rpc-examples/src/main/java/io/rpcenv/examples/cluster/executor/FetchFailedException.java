// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What a map task has written is no longer there: that task has to run again, then this one. */
public final class FetchFailedException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final int shuffle;
  private final int map;
  private final String executorId;

  /**
   * Creates the failure.
   *
   * @param shuffle which shuffle
   * @param map the part that is missing
   * @param executorId where it was; empty if nobody knows
   */
  FetchFailedException(int shuffle, int map, String executorId, @Nullable Throwable cause) {
    super(
        "output of map task "
            + map
            + " of shuffle "
            + shuffle
            + (executorId.isEmpty() ? " is nowhere" : " could not be read from " + executorId),
        cause);
    this.shuffle = shuffle;
    this.map = map;
    this.executorId = executorId;
  }

  /** Returns which shuffle. */
  public int shuffle() {
    return shuffle;
  }

  /** Returns the part that is missing. */
  public int map() {
    return map;
  }

  /** Returns where it was; empty if nobody knows. */
  public String executorId() {
    return executorId;
  }
}
