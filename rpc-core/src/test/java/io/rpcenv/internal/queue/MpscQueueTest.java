// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue under inboxes and outboxes, and the bound on bytes. */
@Timeout(30)
class MpscQueueTest {

  private static final class Item extends MpscNode {

    private final int producer;
    private final int number;

    Item(int producer, int number) {
      this.producer = producer;
      this.number = number;
    }

    MpscNode next() {
      return next;
    }
  }

  private static final class Line extends MpscQueue<Item> {

    boolean put(int number) {
      return offer(new Item(0, number));
    }

    int get() {
      return take().number;
    }
  }

  private final Line queue = new Line();

  @Test
  void onlyTheFirstOfferOfEachIdlePeriodFindsItIdle() {
    assertThat(queue.put(1)).isTrue();
    assertThat(queue.put(2)).isFalse();
    assertThat(queue.get()).isEqualTo(1);
    assertThat(queue.get()).isEqualTo(2);
    assertThat(queue.size()).as("taken, not released").isEqualTo(2);
    assertThat(queue.put(3)).as("not idle before the release").isFalse();
    assertThat(queue.release(2)).as("more has come").isTrue();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.get()).isEqualTo(3);
    assertThat(queue.release(1)).isFalse();
    assertThat(queue.size()).isZero();
    assertThat(queue.put(4)).isTrue();
    assertThat(queue.get()).isEqualTo(4);
    assertThat(queue.release(1)).isFalse();
  }

  @Test
  void aTakenNodeLeadsToNoOther() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      items.add(new Item(0, i));
      queue.offer(items.get(i));
    }
    assertThat(items.get(0).next()).isSameAs(items.get(1));
    for (Item item : items) {
      assertThat(queue.take()).isSameAs(item);
      assertThat(item.next()).isNull();
    }
  }

  @Test
  void anEmptyQueueHoldsNothing() {
    queue.put(1);
    WeakReference<Item> taken = new WeakReference<>(queue.take());
    for (int i = 0; i < 100 && taken.get() != null; i++) {
      System.gc();
    }
    assertThat(taken.get()).isNull();
  }

  /**
   * RPC-08: the order of each producer holds, nothing is lost, and each idle period has one end.
   */
  @Test
  void keepsTheOrderOfEachOfManyProducersAndWakesTheConsumerOncePerIdlePeriod() throws Exception {
    int producers = 4;
    int each = 100_000;
    int[] last = new int[producers];
    AtomicInteger running = new AtomicInteger();
    AtomicLong taken = new AtomicLong();
    AtomicInteger wrong = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    Runnable consumer =
        () -> {
          if (running.incrementAndGet() != 1) {
            wrong.incrementAndGet();
          }
          boolean more = true;
          while (more) {
            int batch = Math.min(queue.size(), 64);
            for (int i = 0; i < batch; i++) {
              Item item = queue.take();
              if (item.number != last[item.producer] + 1) {
                wrong.incrementAndGet();
              }
              last[item.producer] = item.number;
            }
            taken.addAndGet(batch);
            if (queue.size() == batch) {
              // Not the consumer any more as soon as the count is given back.
              running.decrementAndGet();
              more = queue.release(batch);
              if (more) {
                running.incrementAndGet();
              }
            } else {
              more = queue.release(batch);
            }
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int producer = p;
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int n = 1; n <= each; n++) {
                  if (queue.offer(new Item(producer, n))) {
                    consumer.run();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).hasValue(0);
    assertThat(taken).hasValue((long) producers * each);
    assertThat(last).containsOnly(each);
    assertThat(queue.size()).isZero();
  }

  // Bytes

  @Test
  void oneMessageAlwaysFitsAnEmptyBudget() {
    ByteBudget budget = new ByteBudget(100);
    assertThat(budget.max()).isEqualTo(100);
    assertThat(budget.tryTake(5000)).isTrue();
    assertThat(budget.tryTake(0)).isFalse();
    assertThat(budget.held()).isEqualTo(5000);
    budget.giveBack(5000);
    assertThat(budget.held()).isZero();
  }

  @Test
  void theBoundIsTheLastThatFits() {
    ByteBudget budget = new ByteBudget(100);
    assertThat(budget.tryTake(40)).isTrue();
    assertThat(budget.tryTake(61)).isFalse();
    assertThat(budget.held()).as("what was refused is given back").isEqualTo(40);
    assertThat(budget.tryTake(60)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();
    budget.giveBack(60);
    assertThat(budget.tryTake(1)).isTrue();
  }
}
