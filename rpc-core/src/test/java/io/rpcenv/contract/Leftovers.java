// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Finds what an env left behind. */
public final class Leftovers {

  private Leftovers() {}

  /** Returns the names of an env's live threads. */
  public static List<String> threads(String envName) {
    String prefix = "rpc-" + envName + "-";
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /**
   * Fails if a thread of an ended env is alive; a thread may need a moment to end its last frame.
   */
  public static void assertNoThreads(String envName) {
    try {
      Eventually.await("threads of " + envName + " end", () -> threads(envName).isEmpty());
    } catch (AssertionError e) {
      assertThat(threads(envName)).as("threads left").isEmpty();
    }
  }
}
