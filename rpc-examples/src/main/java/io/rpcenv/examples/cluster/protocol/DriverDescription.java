// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A driver to run on a worker.
 *
 * @param jar the application's jar, as a URI of an env's file server or a path on the worker's
 *     machine; empty: the class comes with the cluster
 * @param mainClass the class whose {@code main} is the driver
 * @param arguments its arguments
 * @param cores how many cores of the worker it takes
 * @param memory its heap, in MiB, from {@link #MIN_MEMORY}
 * @param supervise whether to start it again when it fails or its worker is lost
 */
public record DriverDescription(
    Optional<String> jar,
    String mainClass,
    List<String> arguments,
    int cores,
    int memory,
    boolean supervise) {

  /** The least heap with which a JVM of the cluster starts, in MiB. */
  public static final int MIN_MEMORY = 16;

  /** Stands in arguments for the jar as a file of the worker; it is not on the class path then. */
  public static final String JAR = "{{JAR}}";

  /**
   * Stands for the arguments that make a program listen where the worker does, see {@code
   * Listening}; an argument of its own.
   */
  public static final String LISTENING = "{{LISTENING}}";

  /** Checks the values. */
  public DriverDescription {
    if (mainClass.isBlank()) {
      throw new IllegalArgumentException("mainClass: (empty) (expected: the name of a class)");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("cores: " + cores + " (expected: at least 1)");
    }
    if (memory < MIN_MEMORY) {
      throw new IllegalArgumentException(
          "memory: " + memory + " (expected: at least " + MIN_MEMORY + " MiB)");
    }
    arguments = List.copyOf(arguments);
  }
}
