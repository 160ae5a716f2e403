// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import io.rpcenv.EndpointExecutor;
import java.util.Arrays;
import java.util.List;

/** What the JVM that runs the tests can do. */
public final class Jvm {

  private Jvm() {}

  /** Returns whether it has virtual threads. */
  public static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= 21;
  }

  /** Returns the executors that an endpoint may ask for here. */
  public static List<EndpointExecutor> executors() {
    return Arrays.stream(EndpointExecutor.values())
        .filter(e -> e != EndpointExecutor.VIRTUAL || hasVirtualThreads())
        .toList();
  }

  /** Returns whether a thread is virtual. */
  public static boolean isVirtual(Thread thread) {
    try {
      return hasVirtualThreads() && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a JVM from 21 on has it", e);
    }
  }
}
