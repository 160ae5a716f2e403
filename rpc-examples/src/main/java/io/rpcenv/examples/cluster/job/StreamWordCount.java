// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import io.rpcenv.examples.cluster.data.Dataset;
import io.rpcenv.examples.cluster.data.JobContext;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.Pair;
import io.rpcenv.examples.cluster.data.StateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Counts the words of files that appear in a folder, in batches: the files that are new since the
 * last look are a batch, a batch is a job, and the counts of all batches are kept in state stores.
 * Each file counts once, also if the program ends midway and begins again with the same checkpoint:
 * what a batch consists of is written down before it runs, that it is done afterwards.
 *
 * <p>A file is read as it is when it is seen: move it into the folder when it is complete. Names
 * that begin with a dot or an underscore, or that have several lines, are passed over.
 */
public final class StreamWordCount {

  private final Settings settings;
  private final BatchLog log;

  /**
   * What to count.
   *
   * @param folder where files appear
   * @param checkpoint where it is kept how far the stream is; every executor can write to it at
   *     this path. Belongs to this stream, of this many partitions, alone.
   * @param partitions in how many parts the counts are kept, from 1
   * @param interval how often to look for files
   * @param batches after so many it ends; 0: never
   */
  public record Settings(
      Path folder, Path checkpoint, int partitions, Duration interval, long batches) {}

  /** Is told what has come out; in the thread that runs the stream. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A batch is done.
     *
     * @param number which one, from 1
     * @param files how many files it was
     * @param changed the words that were in it, each with its count so far
     */
    void batchDone(long number, int files, NavigableMap<String, Long> changed);
  }

  /**
   * Makes a stream that has not begun, or goes on with one. Has the checkpoint for itself from now
   * on, until it has run or the process ends.
   *
   * @throws IOException if the checkpoint cannot be read or written, or is another stream's, or
   *     another process has it
   */
  public StreamWordCount(Settings settings) throws IOException {
    this.settings = settings;
    this.log = new BatchLog(settings.checkpoint(), settings.partitions());
  }

  /** Runs batches, once, until there were enough, or this thread is interrupted. Blocks. */
  public void run(JobContext context, Listener listener)
      throws JobFailedException, InterruptedException, IOException {
    int store = context.newStateStore();
    try (log) {
      run(context, store, listener);
    } finally {
      context.endStateStore(store);
    }
  }

  private void run(JobContext context, int store, Listener listener)
      throws JobFailedException, InterruptedException, IOException {
    for (long done = 0; settings.batches() == 0 || done < settings.batches(); ) {
      BatchLog.Batch batch = log.unfinished();
      if (batch == null) {
        batch = log.begin(files());
      }
      if (batch == null) {
        TimeUnit.NANOSECONDS.sleep(settings.interval().toNanos());
        continue;
      }
      listener.batchDone(batch.number(), batch.files().size(), run(context, store, batch));
      log.finish(batch);
      done++;
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(settings.folder())) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(
              name -> !name.startsWith(".") && !name.startsWith("_") && name.lines().count() == 1)
          .sorted()
          .toList();
    }
  }

  private NavigableMap<String, Long> run(JobContext context, int store, BatchLog.Batch batch)
      throws JobFailedException, InterruptedException, IOException {
    List<Path> files = batch.files().stream().map(settings.folder()::resolve).toList();
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new IOException(
            "batch %d: %s (expected: a file that can be read; or delete %s, and the batch is made anew)"
                .formatted(batch.number(), file, log.begun(batch)));
      }
    }
    Dataset<Pair<String, Long>> counts =
        context
            .textFiles(files, 1)
            .flatMap(Words::of)
            .reduceByKey(word -> new Pair<>(word, 1L), Math::addExact, settings.partitions());
    String states = settings.checkpoint().resolve("state").toAbsolutePath().toString();
    StateSpec<Long> state = new StateSpec<>(store, batch.number(), states, Math::addExact);
    NavigableMap<String, Long> changed = new TreeMap<>();
    Dataset.updateState(counts, state)
        .collect()
        .forEach(pair -> changed.put(pair.key(), pair.value()));
    context.forgetShuffles();
    return changed;
  }
}
