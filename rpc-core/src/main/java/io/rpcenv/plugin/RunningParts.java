// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The parts of plugins that run in one driver or executor, one per plugin. Any thread. */
final class RunningParts<E extends PartEndpoint> {

  private record Part<E>(RpcEndpointRef ref, E endpoint) {}

  private final RpcEnv env;
  private final MetricsTable metrics = new MetricsTable();
  private final List<Part<E>> parts = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  RunningParts(RpcEnv env) {
    this.env = env;
  }

  static void requireDistinct(List<RpcPlugin> plugins) {
    long names = plugins.stream().map(RpcPlugins::nameOf).distinct().count();
    if (names < plugins.size()) {
      throw new IllegalArgumentException(
          "plugins: "
              + plugins.stream().map(RpcPlugins::nameOf).toList()
              + " (expected: each of another class)");
    }
  }

  RpcConf conf() {
    return env.conf();
  }

  PluginMetrics metricsOf(String pluginName) {
    return metrics.of(pluginName);
  }

  /** Lets a part begin on its own thread. */
  void launch(String endpointName, E endpoint) {
    parts.add(new Part<>(env.setupEndpoint(endpointName, endpoint), endpoint));
  }

  /** Waits until all have begun; forgets those that failed to. */
  void awaitBegin() {
    List<Part<E>> failed = parts.stream().filter(part -> !part.endpoint().awaitBegin()).toList();
    parts.removeAll(failed);
    failed.forEach(part -> metrics.remove(part.endpoint().pluginName()));
  }

  List<String> names() {
    return parts.stream().map(part -> part.endpoint().pluginName()).toList();
  }

  RpcEndpointRef ref(String pluginName) {
    return parts.stream()
        .filter(part -> part.endpoint().pluginName().equals(pluginName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "plugin [" + pluginName + "] does not run (expected: one of " + names() + ")"))
        .ref();
  }

  SortedMap<String, Number> metrics() {
    return metrics.values();
  }

  /** Does something with each, until they are closed. */
  void forEach(Consumer<E> action) {
    if (!closed.get()) {
      parts.forEach(part -> action.accept(part.endpoint()));
    }
  }

  /** Ends all at once, and waits for that at most {@code rpc.shutdown.timeout}. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      parts.forEach(part -> env.stop(part.ref()));
      awaitEnd();
    }
  }

  private void awaitEnd() {
    long millis = conf().get(RpcConfKeys.SHUTDOWN_TIMEOUT).toMillis();
    CompletableFuture<?>[] ends =
        parts.stream().map(part -> part.endpoint().ended()).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
    for (Part<E> part : parts) {
      if (!part.endpoint().ended().isDone()) {
        PartEndpoint.LOG.warn(
            "plugin [{}] has not ended within [{} ms], {}; the end of its env interrupts it",
            part.endpoint().pluginName(),
            millis,
            RpcConfKeys.SHUTDOWN_TIMEOUT.name());
      }
    }
  }
}
