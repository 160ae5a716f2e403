// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/**
 * What a builder was told, on its way to an {@link RpcEnvProvider}.
 *
 * @param name the env's name, part of its threads' names
 * @param listen where to listen; empty in client mode
 * @param advertise what to tell others instead of the bound address
 * @param conf the configuration
 * @param messages the classes that may cross the wire
 * @param classLoader where classes named on the wire are looked up
 * @param listeners who watches
 * @param threads threads that the env shares with others; empty: it starts its own
 */
public record RpcEnvSettings(
    String name,
    Optional<Listen> listen,
    Optional<RpcAddress> advertise,
    RpcConf conf,
    List<Messages> messages,
    ClassLoader classLoader,
    List<RpcEnvListener> listeners,
    Optional<RpcThreads> threads) {

  /**
   * Where to listen.
   *
   * @param host the host to bind
   * @param port the port to bind, 0 to 65535; 0: any free one
   */
  public record Listen(String host, int port) {}

  /**
   * Classes that may cross the wire.
   *
   * @param lookup access to them, where they are private to a named module
   * @param classes the classes
   */
  public record Messages(Optional<MethodHandles.Lookup> lookup, List<Class<?>> classes) {}
}
