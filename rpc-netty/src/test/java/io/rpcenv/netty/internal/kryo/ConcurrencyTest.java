// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads share one serializer, and failures in between spoil nobody's message. */
@Timeout(120)
class ConcurrencyTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 2_000;

  private record Order(int id, String text, List<Item> items) {}

  private record Item(long number, Object extra) {}

  private final Serializer sender = SerializerFixture.serializer(Order.class);
  private final Serializer receiver = SerializerFixture.serializer(Order.class);

  @Test
  void threadsShareOneSerializer() throws Exception {
    PeerClasses classes = receiver.newPeerClasses();
    EncodedMessage first = SerializerFixture.encode(sender, order(0, 0));
    for (int id = MessageClass.FIRST_ID; id <= first.highestClassId(); id++) {
      classes.define(sender.messageClass(id));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Integer>> tasks =
          IntStream.range(0, THREADS)
              .<Callable<Integer>>mapToObj(thread -> () -> run(thread, classes))
              .toList();
      List<Integer> done = new ArrayList<>();
      for (Future<Integer> result : threads.invokeAll(tasks)) {
        done.add(result.get());
      }
      assertThat(done).hasSize(THREADS).containsOnly(ROUNDS);
    } finally {
      threads.shutdownNow();
    }
  }

  /** A message may be encoded and written between the two steps of numbering its class. */
  @Test
  void whoSeesAnIdCanAnnounceIt() throws Exception {
    ClassTable table =
        new ClassTable(MessageTypes.of(List.of(), List.of()), getClass().getClassLoader());
    List<WireClass> classes =
        Stream.generate(
                () ->
                    WireClass.unnumbered(Object[].class, new ArrayCodec(Object.class), Shape.NONE))
            .limit(MessageClass.MAX_CLASSES)
            .toList();
    AtomicInteger wanted = new AtomicInteger(-1);
    Thread encoder =
        new Thread(
            () -> {
              for (int i = 0; i < classes.size(); i++) {
                while (wanted.get() < i) {
                  Thread.onSpinWait();
                }
                table.number(classes.get(i));
              }
            });
    encoder.setDaemon(true);
    encoder.start();

    for (WireClass next : classes) {
      wanted.incrementAndGet();
      while (next.messageClass().id() == WireClass.UNNUMBERED) {
        Thread.onSpinWait();
      }
      if (!table.numbered(next.messageClass().id()).equals(next.messageClass())) {
        throw new AssertionError("another class under the id of " + next);
      }
    }
    encoder.join();
    assertThat(
            table.number(WireClass.unnumbered(int[].class, new ArrayCodec(int.class), Shape.NONE)))
        .as("beyond the table")
        .extracting(MessageClass::id)
        .isEqualTo(MessageClass.INLINE);
  }

  private int run(int thread, PeerClasses classes) {
    for (int round = 0; round < ROUNDS; round++) {
      Order order = order(thread, round);
      EncodedMessage encoded = SerializerFixture.encode(sender, order);
      assertThat(receiver.decode(encoded.body(), classes, SerializerFixture.NO_REFS))
          .isEqualTo(order);
      if (round % 10 == 0) {
        fail(order, encoded.body().array(), classes);
      }
    }
    return ROUNDS;
  }

  private void fail(Order order, byte[] bytes, PeerClasses classes) {
    Order bad = new Order(1, "bad", List.of(new Item(1, order), new Item(2, new Object())));
    assertThatThrownBy(() -> SerializerFixture.encode(sender, bad))
        .isInstanceOf(RpcSerializationException.class);
    MessageBody cut = MessageBody.ofArray(bytes, 0, bytes.length - 1);
    assertThatThrownBy(() -> receiver.decode(cut, classes, SerializerFixture.NO_REFS))
        .isInstanceOf(RpcSerializationException.class);
  }

  private static Order order(int thread, int round) {
    return new Order(
        round, "thread " + thread, List.of(new Item(thread, "x"), new Item(round, List.of(round))));
  }
}
