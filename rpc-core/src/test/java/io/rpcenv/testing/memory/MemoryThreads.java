// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportLoop;
import io.rpcenv.transport.TransportThreads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Two threads, each of which runs a loop of each transport. */
final class MemoryThreads implements TransportThreads {

  private final List<Worker> workers;
  private final AtomicInteger next = new AtomicInteger();

  MemoryThreads(String name) {
    this.workers = List.of(new Worker(name, 0), new Worker(name, 1));
  }

  private int nextIndex() {
    return Math.floorMod(next.getAndIncrement(), workers.size());
  }

  @Override
  public Executor next() {
    return workers.get(nextIndex());
  }

  @Override
  public void shutdown() {
    workers.forEach(worker -> worker.executor.shutdown());
  }

  @Override
  public boolean awaitEnd(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    boolean ended = true;
    for (Worker worker : workers) {
      ended &= worker.awaitEnd(deadline - System.nanoTime());
    }
    return ended;
  }

  /** Returns the loops of one more transport. */
  Loops loops() {
    return new Loops();
  }

  /** The loops of one transport. */
  final class Loops {
    private final List<Loop> all = workers.stream().map(Loop::new).toList();

    TransportLoop next() {
      return all.get(nextIndex());
    }

    /** Ends the loops after what they were given; completes when they have ended. */
    CompletionStage<Void> end() {
      return CompletableFuture.allOf(
          all.stream().map(Loop::end).toArray(CompletableFuture<?>[]::new));
    }
  }

  private final class LoopWorker extends Thread implements LoopThread {

    LoopWorker(Runnable work, String name, int number) {
      super(work, "rpc-" + name + "-memory-" + number);
      setDaemon(true);
    }

    @Override
    public TransportThreads threads() {
      return MemoryThreads.this;
    }
  }

  private final class Worker implements Executor {
    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    Worker(String name, int number) {
      this.executor =
          new ScheduledThreadPoolExecutor(
              1,
              work -> {
                LoopWorker made = new LoopWorker(work, name, number);
                thread = made;
                return made;
              },
              new ThreadPoolExecutor.DiscardPolicy());
      executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      executor.setRemoveOnCancelPolicy(true);
    }

    boolean isCurrent() {
      return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
      executor.execute(guarded(task));
    }

    void schedule(Runnable task, long delayNanos) {
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

    boolean awaitEnd(long nanos) throws InterruptedException {
      Thread running = thread;
      if (running == null) {
        return true;
      }
      TimeUnit.NANOSECONDS.timedJoin(running, nanos);
      return !running.isAlive();
    }
  }

  private static final class Loop implements TransportLoop {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Worker worker;
    private boolean ended; // confined to the worker

    Loop(Worker worker) {
      this.worker = worker;
    }

    @Override
    public boolean inLoop() {
      return worker.isCurrent();
    }

    @Override
    public void execute(Runnable task) {
      worker.execute(() -> run(task));
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
      worker.schedule(() -> run(task), delayNanos);
    }

    private void run(Runnable task) {
      if (!ended) {
        task.run();
      }
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    CompletableFuture<Void> end() {
      // Two hops later, so that what the tasks given before give in turn is done, too.
      execute(() -> execute(() -> execute(this::endNow)));
      return end;
    }

    private void endNow() {
      ended = true;
      end.complete(null);
    }
  }
}
