// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Two loops, each a thread of its own. */
final class MemoryThreads implements LoopGroup {

  private final List<Loop> loops;
  private final AtomicInteger next = new AtomicInteger();

  MemoryThreads(String envName, EnvId envId) {
    this.loops = List.of(new Loop(envName, envId, 0), new Loop(envName, envId, 1));
  }

  @Override
  public TransportLoop next() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  @Override
  public CompletionStage<Void> end() {
    return CompletableFuture.allOf(
        loops.stream().map(Loop::end).toArray(CompletableFuture<?>[]::new));
  }

  private static final class LoopWorker extends Thread implements LoopThread {
    private final EnvId envId;

    LoopWorker(Runnable work, String envName, EnvId envId, int number) {
      super(work, "rpc-" + envName + "-memory-" + number);
      this.envId = envId;
    }

    @Override
    public EnvId envId() {
      return envId;
    }
  }

  private static final class Loop implements TransportLoop {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread worker;

    Loop(String envName, EnvId envId, int number) {
      this.executor =
          new ScheduledThreadPoolExecutor(
              1,
              work -> {
                LoopWorker made = new LoopWorker(work, envName, envId, number);
                worker = made;
                return made;
              },
              new ThreadPoolExecutor.DiscardPolicy()) {
            @Override
            protected void terminated() {
              ended.complete(null);
            }
          };
      executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public boolean inLoop() {
      return Thread.currentThread() == worker;
    }

    @Override
    public void execute(Runnable task) {
      executor.execute(guarded(task));
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
      executor.schedule(guarded(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(Runnable task) {
      return () -> {
        try {
          task.run();
        } catch (Throwable t) {
          // A task of the executor swallows what it throws; a loop must not go on in silence.
          org.slf4j.LoggerFactory.getLogger(MemoryThreads.class).error("a loop task failed", t);
        }
      };
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    CompletableFuture<Void> end() {
      // Two hops later, so that what the tasks given before give in turn is done, too.
      executor.execute(() -> executor.execute(() -> executor.execute(executor::shutdown)));
      return ended;
    }
  }
}
