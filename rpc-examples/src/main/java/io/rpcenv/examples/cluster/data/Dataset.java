// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import io.rpcenv.examples.cluster.Folders;
import io.rpcenv.examples.cluster.data.Functions.FilterFunction;
import io.rpcenv.examples.cluster.data.Functions.FlatMapFunction;
import io.rpcenv.examples.cluster.data.Functions.MapFunction;
import io.rpcenv.examples.cluster.data.Functions.ReduceFunction;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values in parts, or rather how they come about: nothing runs before one of the actions is called,
 * {@link #collect}, {@link #count}, {@link #sum}, {@link #saveAsTextFile}. Unchangeable; stays in
 * the driver. Any thread.
 *
 * @param <T> the values, serializable
 */
public final class Dataset<T> {

  private final StageRunner runner;
  private final Plan<T> plan;

  Dataset(StageRunner runner, Plan<T> plan) {
    this.runner = runner;
    this.plan = plan;
  }

  /** Returns of how many parts it is, and so by how many tasks it is computed. */
  public int partitions() {
    return plan.partitions();
  }

  /** Makes a value of each. */
  public <R> Dataset<R> map(MapFunction<? super T, ? extends R> function) {
    return derive(new Step.Mapping<T, R>(function));
  }

  /** Keeps some. */
  public Dataset<T> filter(FilterFunction<? super T> function) {
    return derive(new Step.Filtering<T>(function));
  }

  /** Makes any number of values of each. */
  public <R> Dataset<R> flatMap(FlatMapFunction<? super T, ? extends R> function) {
    return derive(new Step.FlatMapping<T, R>(function));
  }

  private <R> Dataset<R> derive(Step<T, R> step) {
    return new Dataset<>(runner, new DerivedPlan<>(plan, step));
  }

  /**
   * Puts the values of each key together, wherever they are: all of one key go to one task.
   *
   * @param pairs makes a key and a value of each value of this
   * @param combine puts two values of one key together
   * @param partitions in how many parts, from 1
   */
  public <K, V> Dataset<Pair<K, V>> reduceByKey(
      MapFunction<? super T, Pair<K, V>> pairs, ReduceFunction<V> combine, int partitions) {
    Plan<Pair<K, V>> parent = new DerivedPlan<>(plan, new Step.Mapping<T, Pair<K, V>>(pairs));
    TaskContext.Shuffle<V> shuffle =
        new TaskContext.Shuffle<>(runner.nextId(), plan.partitions(), partitions, combine);
    return new Dataset<>(runner, new ShuffledPlan<>(parent, shuffle));
  }

  /**
   * Adds a batch to the state of its stream, and returns what it changes: the keys that have come,
   * with their new values. Each key's pairs are in one part of the batch, and in the same one in
   * every batch: use {@link #reduceByKey} with as many parts.
   *
   * @param batch what has come
   * @param state which stream, and which batch this is
   */
  public static <K, V> Dataset<Pair<K, V>> updateState(
      Dataset<Pair<K, V>> batch, StateSpec<V> state) {
    return new Dataset<>(batch.runner, new StatefulPlan<>(batch.plan, state));
  }

  /** Keeps each part in memory where it is first computed, and a copy elsewhere. */
  public Cached<T> cache() {
    int id = runner.nextId();
    return new Cached<>(
        new Dataset<>(runner, new CachedPlan<>(plan, id)), () -> runner.uncache(id));
  }

  /**
   * A data set that is kept, until it is closed; after that it is computed as any other.
   *
   * @param data the data set
   * @param forget lets go of what is kept
   */
  public record Cached<T>(Dataset<T> data, Runnable forget) implements AutoCloseable {
    @Override
    public void close() {
      forget.run();
    }
  }

  /** Brings all values here. */
  public List<T> collect() throws JobFailedException, InterruptedException {
    List<T> all = new ArrayList<>();
    run(new Action.Collect<T>()).forEach(all::addAll);
    return all;
  }

  /** Returns how many values there are. */
  public long count() throws JobFailedException, InterruptedException {
    return run(new Action.Count<T>()).stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Adds up a number of each value.
   *
   * @throws ArithmeticException if the sum is no long
   */
  public long sum(MapFunction<? super T, Long> number)
      throws JobFailedException, InterruptedException {
    return run(new Action.Sum<T>(number)).stream().reduce(0L, Math::addExact);
  }

  /**
   * Writes each part to a file {@code part-00000} and so on, a value per line; at the end there is
   * an empty file {@code _SUCCESS}.
   *
   * @param folder new; every executor can write to it at this path
   * @throws FileAlreadyExistsException if it is there; nothing has run
   * @throws IOException if it cannot be made
   */
  public void saveAsTextFile(Path folder)
      throws JobFailedException, InterruptedException, IOException {
    Path attempts = folder.resolve(Action.Save.ATTEMPTS);
    Files.createDirectories(folder.toAbsolutePath().getParent());
    Files.createDirectory(folder);
    Files.createDirectory(attempts);
    run(new Action.Save<T>(folder.toAbsolutePath().toString()));
    for (int partition = 0; partition < partitions(); partition++) {
      Path part = folder.resolve(Action.Save.fileName(partition));
      if (!Files.exists(part)) {
        throw new IOException(part + " was written, and is not there (expected: it is)");
      }
    }
    Folders.delete(attempts); // with what attempts have left that were killed
    Files.createFile(folder.resolve("_SUCCESS"));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the tasks bring back what the action returns
  private <R> List<R> run(Action<T, R> action) throws JobFailedException, InterruptedException {
    List<@Nullable Object> results = runner.run(new StageWork.Result<>(plan, action));
    return (List<R>) results;
  }
}
