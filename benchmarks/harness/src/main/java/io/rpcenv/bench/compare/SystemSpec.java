// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.Arrays;
import java.util.List;

/** A system that takes part: where it is found and what its JVM needs. */
enum SystemSpec {
  /** Bare Netty on loops that poll: its frame decoder, a buffer and a write for each. */
  NETTY(
      "netty",
      "Netty, polling",
      "netty",
      "netty.NettySystem",
      false,
      List.of("POLLING"),
      List.of()),
  /** The same with the pool of buffers that RpcEnv takes, in place of Netty's default. */
  NETTY_POOL(
      "netty-pool",
      "Netty, pool",
      "netty",
      "netty.NettySystem",
      false,
      List.of("POOLED"),
      List.of()),
  /** The first on loops that sleep at once, which is what Netty does unless it is told to poll. */
  NETTY_SLEEPING(
      "netty-sleeping",
      "Netty, sleeping",
      "netty",
      "netty.NettySystem",
      false,
      List.of("SLEEPING"),
      List.of()),
  /** Loops that poll, and frames cut and collected by hand, as RpcEnv does it. */
  NETTY_TUNED(
      "netty-tuned",
      "Netty by hand",
      "netty",
      "netty.NettySystem",
      false,
      List.of("BY_HAND"),
      List.of()),
  RPCENV("rpcenv", "RpcEnv", "rpcenv", "rpcenv.RpcEnvSystem", false, List.of("SHARED"), List.of()),
  /** The same with threads that sleep at once. */
  RPCENV_SLEEPING(
      "rpcenv-sleeping",
      "RpcEnv, sleeping",
      "rpcenv",
      "rpcenv.RpcEnvSystem",
      false,
      List.of("SHARED"),
      List.of("-Drpc.poll.maxTime=0ms")),
  RPCENV_LOOP(
      "rpcenv-loop",
      "RpcEnv, event loop",
      "rpcenv",
      "rpcenv.RpcEnvSystem",
      false,
      List.of("EVENT_LOOP"),
      List.of()),
  SPARK("spark", "Spark", "spark", "spark.SparkSystem", true, List.of(), sparkFlags()),
  PEKKO(
      "pekko",
      "Pekko",
      "pekko",
      "pekko.PekkoSystem",
      true,
      List.of(),
      // Otherwise its Java ask starts a thread for each call on 2 cores.
      List.of("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2")),
  GRPC("grpc", "gRPC", "grpc", "grpc.GrpcSystem", true, List.of(), List.of());

  private final String key;
  private final String label;
  private final String module;
  private final String main;
  private final boolean peer;
  private final List<String> arguments;
  private final List<String> flags;

  SystemSpec(
      String key,
      String label,
      String module,
      String main,
      boolean peer,
      List<String> arguments,
      List<String> flags) {
    this.key = key;
    this.label = label;
    this.module = module;
    this.main = main;
    this.peer = peer;
    this.arguments = arguments;
    this.flags = flags;
  }

  /** What Spark's own launcher gives each JVM, as far as JDK 17 knows it. */
  private static List<String> sparkFlags() {
    List<String> packages =
        List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");
    List<String> flags =
        new java.util.ArrayList<>(
            packages.stream().map(p -> "--add-opens=" + p + "=ALL-UNNAMED").toList());
    flags.add("-XX:+IgnoreUnrecognizedVMOptions");
    flags.add("-Dio.netty.tryReflectionSetAccessible=true");
    flags.add("-Dio.netty.allocator.type=pooled");
    return flags;
  }

  static SystemSpec of(String key) {
    return Arrays.stream(values())
        .filter(s -> s.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "system: " + key + " (expected: one of " + Arrays.toString(values()) + ")"));
  }

  String key() {
    return key;
  }

  String label() {
    return label;
  }

  String module() {
    return module;
  }

  String main() {
    return "io.rpcenv.bench." + main;
  }

  boolean isPeer() {
    return peer;
  }

  List<String> arguments() {
    return arguments;
  }

  List<String> flags() {
    return flags;
  }

  @Override
  public String toString() {
    return key;
  }
}
