// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the metrics of plugins. That is their code, which may be slow or never return: it runs on a
 * thread of its own, is waited for {@value #PATIENCE_MILLIS} ms, and what is not there by then is
 * left out. No more than one reading is under way. For one thread.
 */
final class MetricsReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsReader.class);
  static final long PATIENCE_MILLIS = 200;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          run -> {
            Thread thread = new Thread(run, "plugin-metrics");
            thread.setDaemon(true);
            return thread;
          });
  private Optional<Supplier<? extends Map<String, Number>>> source = Optional.empty();
  private Future<? extends Map<String, Number>> reading =
      CompletableFuture.completedFuture(Map.of());
  private boolean warned;

  /** Sets where the metrics are from now on. */
  void readFrom(Supplier<? extends Map<String, Number>> metrics) {
    source = Optional.of(metrics);
  }

  /** Returns the metrics of now, or none: see above. */
  Map<String, Number> read() {
    if (source.isEmpty() || !reading.isDone()) {
      return Map.of();
    }
    Supplier<? extends Map<String, Number>> metrics = source.get();
    reading = thread.submit(() -> PluginFigures.bounded(metrics.get()));
    try {
      return reading.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      warn("are not there within " + PATIENCE_MILLIS + " ms");
    } catch (ExecutionException e) {
      // Its class only: what it says is the plugin's code, too.
      warn("cannot be read: " + Objects.requireNonNullElse(e.getCause(), e).getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Map.of();
  }

  private void warn(String what) {
    if (!warned) {
      warned = true;
      LOG.warn("The metrics of the plugins {}; a report without them is sent", what);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
