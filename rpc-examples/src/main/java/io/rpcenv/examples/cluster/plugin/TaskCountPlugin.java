// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.plugin;

import io.rpcenv.plugin.DriverContext;
import io.rpcenv.plugin.DriverPlugin;
import io.rpcenv.plugin.ExecutorContext;
import io.rpcenv.plugin.ExecutorPlugin;
import io.rpcenv.plugin.PluginMetrics;
import io.rpcenv.plugin.RpcPlugin;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tasks of an application: each executor part says how each of its tasks ended, the
 * driver part adds up. Metrics of the driver part are {@code succeeded}, {@code failed} and {@code
 * executors}, of each executor part {@code begun}; whoever asks the driver part for {@link
 * TaskCountMessage.GetCounts} gets those that succeeded by executor.
 */
public final class TaskCountPlugin implements RpcPlugin {

  /** Makes the plugin. */
  public TaskCountPlugin() {}

  /** What the parts say to each other, and others to the driver part. */
  public sealed interface TaskCountMessage {

    /**
     * A task has ended.
     *
     * @param executorId where
     * @param succeeded how
     */
    record TaskEnded(String executorId, boolean succeeded) implements TaskCountMessage {}

    /** How many tasks were there? */
    record GetCounts() implements TaskCountMessage {}

    /**
     * Answers {@link GetCounts}.
     *
     * @param succeeded by executor, those that have run a task
     */
    record Counts(Map<String, Integer> succeeded) implements TaskCountMessage {}
  }

  @Override
  public Optional<DriverPlugin> driverPlugin() {
    return Optional.of(new Total());
  }

  @Override
  public Optional<ExecutorPlugin> executorPlugin() {
    return Optional.of(new Teller());
  }

  private static final class Total implements DriverPlugin {

    private final Map<String, Integer> succeededAt = new TreeMap<>();
    private LongAdder succeeded = new LongAdder();
    private LongAdder failed = new LongAdder();
    private volatile @Nullable DriverContext driver;

    @Override
    public Map<String, String> init(DriverContext context) {
      driver = context;
      return Map.of();
    }

    @Override
    public void registerMetrics(PluginMetrics metrics) {
      succeeded = metrics.counter("succeeded");
      failed = metrics.counter("failed");
      metrics.gauge("executors", this::executors);
    }

    private int executors() {
      DriverContext context = driver;
      return context == null ? 0 : context.executors().size();
    }

    @Override
    public @Nullable Object receive(Object message) {
      if (message instanceof TaskCountMessage.TaskEnded ended) {
        (ended.succeeded() ? succeeded : failed).increment();
        if (ended.succeeded()) {
          succeededAt.merge(ended.executorId(), 1, Integer::sum);
        }
      } else if (message instanceof TaskCountMessage.GetCounts) {
        return new TaskCountMessage.Counts(new TreeMap<>(succeededAt));
      }
      return null;
    }
  }

  /** Its methods run on the threads of tasks. */
  private static final class Teller implements ExecutorPlugin {

    private volatile LongAdder begun = new LongAdder();
    private volatile @Nullable ExecutorContext executor;

    @Override
    public void init(ExecutorContext context, Map<String, String> extraConf) {
      begun = context.metrics().counter("begun");
      executor = context;
    }

    @Override
    public void onTaskStart() {
      begun.increment();
    }

    @Override
    public void onTaskSucceeded() {
      tell(true);
    }

    @Override
    public void onTaskFailed(Throwable cause) {
      tell(false);
    }

    private void tell(boolean succeeded) {
      ExecutorContext context = executor;
      if (context != null) {
        context.send(new TaskCountMessage.TaskEnded(context.executorId(), succeeded));
      }
    }
  }
}
