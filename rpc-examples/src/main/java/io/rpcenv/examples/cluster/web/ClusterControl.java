// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What people may want of the master. Nothing here blocks; a stage fails if the master does not
 * answer. Thread-safe.
 */
public interface ClusterControl {

  /** Returns the cluster as the master sees it: without stages, and without what is gone. */
  CompletionStage<ClusterView> state();

  /**
   * Ends an application and its executors.
   *
   * @param appId which one
   * @param reason why, for people
   */
  CompletionStage<Outcome> killApplication(String appId, String reason);

  /** Gives a worker nothing more to do; what runs there may come to its end. */
  CompletionStage<Outcome> decommissionWorker(String workerId);

  /** Starts a driver on a worker; the outcome's text is the driver's id. */
  default CompletionStage<Outcome> submitDriver(DriverSubmission driver) {
    return unsupported("submitting a driver");
  }

  /** Ends a driver. */
  default CompletionStage<Outcome> killDriver(String driverId) {
    return unsupported("killing a driver");
  }

  private static CompletionStage<Outcome> unsupported(String what) {
    return CompletableFuture.completedFuture(
        new Outcome(Result.UNSUPPORTED, what + " is something this master cannot do"));
  }

  /**
   * What came of a wish.
   *
   * @param result what
   * @param text for people
   */
  record Outcome(Result result, String text) {}

  /** What came of a wish, in a word. */
  enum Result {
    /** It is done, or has begun. */
    DONE,
    /** There is no such thing. */
    UNKNOWN,
    /** The master will not do it now. */
    REFUSED,
    /** This master cannot do that. */
    UNSUPPORTED
  }

  /**
   * A driver to start.
   *
   * @param jar where its jar is; empty if the class comes with the cluster
   * @param mainClass the class whose {@code main} runs
   * @param arguments what it is given
   * @param cores how many it needs, from 1
   * @param memory how many bytes its heap may have
   * @param supervise whether to start it again when it fails
   */
  record DriverSubmission(
      Optional<String> jar,
      String mainClass,
      List<String> arguments,
      int cores,
      long memory,
      boolean supervise) {}
}
