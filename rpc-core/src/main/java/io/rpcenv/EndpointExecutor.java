// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/** Where the handlers of an endpoint run. */
public enum EndpointExecutor {
  /** On the dispatcher threads that all endpoints of the environment share. The default. */
  SHARED,
  /** On threads of the endpoint's own, as many as its parallelism. For handlers that block. */
  DEDICATED,
  /**
   * On virtual threads, as many at a time as its parallelism. For handlers that block, of any
   * number of endpoints: a blocked one holds up nobody else and needs no thread of the operating
   * system. Needs Java 21 or later: on an older one {@code setupEndpoint} says so.
   *
   * <p>They run on the JVM's own carrier threads, which they share with all other virtual threads
   * of the JVM. A handler that computes for long keeps a carrier, and so does one that blocks while
   * it is pinned: in native code, and up to Java 23 inside of {@code synchronized}.
   */
  VIRTUAL,
  /**
   * On the network thread that brought the message. For short handlers that never block;
   * parallelism is 1. In an environment without a transport: as {@link #SHARED}.
   */
  EVENT_LOOP
}
