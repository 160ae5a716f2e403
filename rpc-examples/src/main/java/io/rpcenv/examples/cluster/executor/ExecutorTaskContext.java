// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.executor;

import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cluster.data.Pair;
import io.rpcenv.examples.cluster.data.StateSpec;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.data.TaskContext;
import io.rpcenv.examples.cluster.protocol.TaskDescription;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.AskPermissionToCommitOutput;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.GetMapOutputStatuses;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.MapOutput;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RegisterMapOutput;
import io.rpcenv.examples.cluster.storage.BlockId;
import io.rpcenv.examples.cluster.storage.BlockManager;
import io.rpcenv.examples.cluster.streaming.StateStoreId;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a task, on its thread. */
final class ExecutorTaskContext implements TaskContext {

  /** Every so many values the writer forgets which it has seen: they are not kept for its sake. */
  private static final int RESET_EVERY = 1000;

  private final ExecutorServices services;
  private final TaskDescription task;

  ExecutorTaskContext(ExecutorServices services, TaskDescription task) {
    this.services = services;
    this.task = task;
  }

  @Override
  public int partition() {
    return task.partition();
  }

  @Override
  public int attempt() {
    return task.attempt();
  }

  @Override
  public void checkAlive() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the task was killed");
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // what is kept under this id is such a list
  public <T> List<T> cached(int datasetId, Computation<T> compute) throws Exception {
    BlockId block = new BlockId.DatasetBlock(datasetId, partition());
    Optional<byte[]> kept = services.blocks().get(block);
    if (kept.isPresent()) {
      return (List<T>) services.codec().decode(kept.get());
    }
    ArrayList<T> values = new ArrayList<>();
    compute.values().forEachRemaining(values::add);
    services.blocks().put(block, services.codec().encode(values), true);
    return values;
  }

  @Override
  public <K, V> void writeShuffle(int shuffleId, List<? extends Iterable<Pair<K, V>>> buckets)
      throws Exception {
    String file = "shuffle-" + shuffleId + "-" + partition() + "-" + task.taskId();
    services
        .blocks()
        .disk()
        .write(
            file,
            (out, end) -> {
              for (int reader = 0; reader < buckets.size(); reader++) {
                writeBucket(buckets.get(reader), out);
                end.reached(new BlockId.ShuffleBlock(shuffleId, partition(), reader));
              }
            });
    services
        .mapOutputs()
        .askSync(
            new RegisterMapOutput(
                shuffleId, partition(), services.executorId(), services.blockEndpoint()));
  }

  private <T> void writeBucket(Iterable<T> bucket, FileChannel out)
      throws IOException, InterruptedException {
    ObjectOutputStream values =
        services.codec().writer(new BufferedOutputStream(Channels.newOutputStream(out)));
    int written = 0;
    for (T value : bucket) {
      values.writeUnshared(value);
      if (++written % RESET_EVERY == 0) {
        values.reset();
        checkAlive();
      }
    }
    values.writeUnshared(null); // the end
    values.flush(); // and not closed: that would close the file
  }

  @Override
  public <K, V> Iterator<Pair<K, V>> readShuffle(Shuffle<V> shuffle) throws Exception {
    List<MapOutput> outputs =
        services.mapOutputs().askSync(new GetMapOutputStatuses(shuffle.id())).outputs();
    for (int map = 0; map < shuffle.writers(); map++) {
      if (map >= outputs.size() || outputs.get(map).map() != map) {
        throw new FetchFailedException(shuffle.id(), map, "", null);
      }
    }
    return new ShuffleValues<>(shuffle.id(), outputs);
  }

  /** Reads one map task's output after the other. */
  private final class ShuffleValues<K, V> implements Iterator<Pair<K, V>> {

    private final int shuffle;
    private final Deque<MapOutput> rest;
    private TaskCodec.@Nullable Reader reader;
    private @Nullable Pair<K, V> next;

    ShuffleValues(int shuffle, List<MapOutput> outputs) {
      this.shuffle = shuffle;
      this.rest = new ArrayDeque<>(outputs);
    }

    @Override
    public boolean hasNext() {
      while (next == null && (reader != null || !rest.isEmpty())) {
        try {
          advance();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return next != null;
    }

    @SuppressWarnings("unchecked") // what map tasks write
    private void advance() throws IOException {
      if (reader == null) {
        reader = services.codec().reader(new ByteArrayInputStream(fetch(rest.remove())));
      }
      next = (Pair<K, V>) reader.next();
      if (next == null) { // the end, and not EOFException, which an element may throw, too
        reader = null;
      }
    }

    private byte[] fetch(MapOutput output) throws FetchFailedException {
      BlockId block = new BlockId.ShuffleBlock(shuffle, output.map(), partition());
      try {
        return BlockManager.read(output.blocks(), block);
      } catch (RpcAbortedException e) {
        throw e; // this task was killed; who has the block is well
      } catch (IOException | RpcException e) {
        throw new FetchFailedException(shuffle, output.map(), output.executorId(), e);
      }
    }

    @Override
    public Pair<K, V> next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException("no value is left");
      }
      Pair<K, V> value = next;
      next = null;
      return value;
    }
  }

  @Override
  public <K, V> Map<K, V> loadState(StateSpec<V> state) throws IOException {
    return services.states().load(stateId(state), Path.of(state.folder()), state.version() - 1);
  }

  @Override
  public <K, V> void commitState(StateSpec<V> state, Map<K, V> all) throws Exception {
    checkAlive();
    services.states().commit(stateId(state), Path.of(state.folder()), state.version(), all);
  }

  private StateStoreId stateId(StateSpec<?> state) {
    return new StateStoreId(state.store(), partition());
  }

  @Override
  public boolean mayCommit() {
    return services
        .commits()
        .askSync(new AskPermissionToCommitOutput(task.stage(), task.partition(), task.attempt()));
  }
}
