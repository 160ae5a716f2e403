// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Queues. Bounded ones keep their capacity; nobody's waiting crosses the wire. */
final class Queues {

  private static final int FIRST_CAPACITY = 11;

  private Queues() {}

  static void register(FixedTable table) {
    table
        .add(101, ArrayDeque.class, Lists.plain(ArrayDeque::new))
        .add(114, ConcurrentLinkedQueue.class, Lists.shared(n -> new ConcurrentLinkedQueue<>()))
        .add(115, ConcurrentLinkedDeque.class, Lists.shared(n -> new ConcurrentLinkedDeque<>()))
        .add(118, LinkedBlockingQueue.class, bounded(LinkedBlockingQueue::new, false))
        .add(119, LinkedBlockingDeque.class, bounded(LinkedBlockingDeque::new, false))
        .add(120, ArrayBlockingQueue.class, bounded(ArrayBlockingQueue::new, true))
        .add(122, LinkedTransferQueue.class, Lists.shared(n -> new LinkedTransferQueue<>()))
        .add(
            106,
            PriorityQueue.class,
            Codec.<PriorityQueue<?>>of(
                (k, v) -> writeOrdered(k, v.comparator(), v),
                k -> Lists.readSorted(k, Queues::priorityQueue)))
        .add(
            121,
            PriorityBlockingQueue.class,
            Codec.<PriorityBlockingQueue<?>>of(
                (k, v) -> writeOrdered(k, v.comparator(), v),
                k -> Lists.readSorted(k, Queues::priorityBlockingQueue)));
  }

  private static PriorityQueue<Object> priorityQueue(@Nullable Comparator<Object> order) {
    return new PriorityQueue<>(order);
  }

  private static PriorityBlockingQueue<Object> priorityBlockingQueue(
      @Nullable Comparator<Object> order) {
    return new PriorityBlockingQueue<>(FIRST_CAPACITY, order);
  }

  private static void writeOrdered(
      WireKryo kryo, @Nullable Comparator<?> order, Collection<?> elements) {
    Lists.writeOrder(kryo, order);
    Elements.writeSnapshot(kryo, elements);
  }

  /**
   * A queue with a capacity.
   *
   * @param takesMemory whether an empty queue takes memory for all of it
   */
  private static Codec<BlockingQueue<?>> bounded(
      IntFunction<? extends BlockingQueue<Object>> maker, boolean takesMemory) {
    return Codec.of(
        (kryo, queue) -> {
          Object[] elements = queue.toArray();
          int capacity = (int) Math.min(Integer.MAX_VALUE, spare(queue) + elements.length);
          kryo.out().writeLength(takesMemory ? kryo.spareSlots(capacity) : capacity);
          Elements.write(kryo, elements);
        },
        kryo -> {
          int capacity = kryo.in().readVarInt(true);
          int size = kryo.in().readLength();
          if (capacity < 1 || size > capacity) {
            throw WireFailure.malformed(size + " elements in a queue of " + capacity);
          }
          return Elements.read(
              kryo, size, maker.apply(takesMemory ? kryo.spareSlots(capacity) : capacity));
        });
  }

  private static long spare(BlockingQueue<?> queue) {
    return queue.remainingCapacity();
  }
}
