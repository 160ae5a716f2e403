// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs stages in the calling thread; what would travel is encoded and decoded all the same. */
public final class InThisThread implements StageRunner {

  private final TaskCodec codec = new TaskCodec(InThisThread.class.getClassLoader());
  private final Map<List<Integer>, byte[]> shuffled = new HashMap<>();
  private final Map<List<Integer>, List<?>> kept = new HashMap<>();
  private final List<Integer> written = new ArrayList<>();
  private final Map<List<Long>, Map<?, ?>> states = new HashMap<>();
  private int lastId;

  /** How many parts were computed to be kept. */
  int computed;

  @Override
  public List<@Nullable Object> run(StageWork work) throws JobFailedException {
    try {
      work.plan().input().ifPresent(this::write);
      List<@Nullable Object> results = new ArrayList<>();
      StageWork sent = (StageWork) codec.decode(codec.encode(work));
      for (int i = 0; i < work.plan().partitions(); i++) {
        byte[] split = codec.encode(work.plan().split(i));
        Object result = sent.run((Serializable) codec.decode(split), new Context(i));
        results.add(codec.decode(codec.encode(result)));
      }
      return results;
    } catch (Exception e) {
      JobFailedException failed = new JobFailedException(Reason.TASK_FAILED, e.toString());
      failed.initCause(e);
      throw failed;
    }
  }

  private <K, V> void write(ShuffleInput<K, V> input) {
    if (written.contains(input.shuffle().id())) {
      return;
    }
    try {
      run(new StageWork.ShuffleWrite<>(input.plan(), input.shuffle()));
      written.add(input.shuffle().id());
    } catch (JobFailedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int nextId() {
    return ++lastId;
  }

  @Override
  public void endState(int store) {}

  @Override
  public void forgetShuffles() {
    shuffled.clear();
    written.clear();
  }

  @Override
  public void uncache(int datasetId) {
    kept.keySet().removeIf(part -> part.get(0) == datasetId);
  }

  TaskContext context(int partition) {
    return new Context(partition);
  }

  private final class Context implements TaskContext {

    private final int partition;

    Context(int partition) {
      this.partition = partition;
    }

    @Override
    public int partition() {
      return partition;
    }

    @Override
    public int attempt() {
      return 0;
    }

    @Override
    public void checkAlive() {}

    @Override
    @SuppressWarnings("unchecked") // what was kept under this id
    public <T> List<T> cached(int datasetId, Computation<T> compute) throws Exception {
      List<Integer> part = List.of(datasetId, partition);
      if (!kept.containsKey(part)) {
        computed++;
        List<T> values = new ArrayList<>();
        compute.values().forEachRemaining(values::add);
        kept.put(part, values);
      }
      return (List<T>) kept.get(part);
    }

    @Override
    public <K, V> void writeShuffle(int shuffleId, List<? extends Iterable<Pair<K, V>>> buckets)
        throws Exception {
      for (int reader = 0; reader < buckets.size(); reader++) {
        List<Pair<K, V>> bucket = new ArrayList<>();
        buckets.get(reader).forEach(bucket::add);
        shuffled.put(List.of(shuffleId, reader, partition), codec.encode(bucket));
      }
    }

    @Override
    @SuppressWarnings("unchecked") // what was written under this id
    public <K, V> Iterator<Pair<K, V>> readShuffle(Shuffle<V> shuffle) throws Exception {
      List<Pair<K, V>> all = new ArrayList<>();
      for (Map.Entry<List<Integer>, byte[]> block : shuffled.entrySet()) {
        if (block.getKey().subList(0, 2).equals(List.of(shuffle.id(), partition))) {
          all.addAll((List<Pair<K, V>>) codec.decode(block.getValue()));
        }
      }
      return all.iterator();
    }

    @Override
    @SuppressWarnings("unchecked") // what was kept under this id
    public <K, V> Map<K, V> loadState(StateSpec<V> state) {
      return new HashMap<>(
          (Map<K, V>)
              states.getOrDefault(List.of(state.version() - 1, (long) partition), Map.of()));
    }

    @Override
    public <K, V> void commitState(StateSpec<V> state, Map<K, V> all) {
      states.put(List.of(state.version(), (long) partition), all);
    }

    @Override
    public boolean mayCommit() {
      return true;
    }
  }
}
