// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import static io.rpcenv.netty.internal.TestEnv.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.transport.Target;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that go in chunks: order, what passes them, and how they end. */
@Timeout(60)
class LargeMessageTest {

  private static final int LARGE = 24 * 1024 * 1024;

  private final AtomicInteger released = new AtomicInteger();
  private final Target first = new Target("first");
  private final Target second = new Target("second");
  private TestEnv server;
  private TestEnv client;
  private Recorder there;
  private Recorder here;

  @BeforeEach
  void connect() throws Exception {
    server = new TestEnv("server").listening();
    client = new TestEnv("client");
    there = client.connect(server.address());
    here = server.nextAccepted();
    there.write(() -> there.connection.writeOneWay(new Target("x"), message(256, new byte[0])));
    assertThat(here.next()).startsWith("class 256");
    assertThat(here.next()).startsWith("oneWay x");
  }

  @AfterEach
  void shutdown() {
    client.close();
    server.close();
  }

  @Test
  void smallMessagesPassButNotToTheSameEndpoint() throws Exception {
    byte[] large = random(LARGE);
    there.write(
        () -> {
          there.connection.writeRequest(1, first, large(large));
          there.connection.writeOneWay(first, small(1));
          there.connection.writeOneWay(second, small(2));
          there.connection.writeReply(9, small(3));
          there.connection.writeCancel(4);
        });
    assertThat(here.next()).startsWith("oneWay second");
    assertThat(here.next()).startsWith("reply 9");
    assertThat(here.next()).isEqualTo("cancel 4");
    assertThat(here.next()).isEqualTo("request 1 first test.Class256 " + Recorder.text(large));
    assertThat(here.next()).isEqualTo("oneWay first test.Class256 1:32");
    assertReleased(1);
  }

  @Test
  void smallMessagesPassATransferThatIsRunning() throws Exception {
    byte[] large = random(4 * LARGE);
    there.write(() -> there.connection.writeOneWay(first, large(large)));
    there.write(() -> there.connection.writeOneWay(second, small(2)));
    assertThat(here.next()).startsWith("oneWay second");
    assertThat(here.next()).isEqualTo("oneWay first test.Class256 " + Recorder.text(large));
  }

  @Test
  void ordersHoldAcrossManyMessagesOfBothSizes() throws Exception {
    List<String> expected = new ArrayList<>();
    byte[] large = random(400_000);
    there.write(
        () -> {
          for (int i = 1; i <= 60; i++) {
            boolean big = i % 3 == 0;
            EncodedMessage message = big ? large(large) : small(i);
            there.connection.writeRequest(i, i % 2 == 0 ? first : second, message);
          }
        });
    for (int i = 1; i <= 60; i++) {
      expected.add(here.next().replaceAll("test.*", ""));
    }
    for (String name : List.of("first", "second")) {
      List<Integer> calls =
          expected.stream()
              .filter(line -> line.contains(name))
              .map(line -> Integer.valueOf(line.replaceAll("request (\\d+) .*", "$1")))
              .toList();
      assertThat(calls).hasSize(30).isSorted();
    }
    assertReleased(20);
  }

  @Test
  void largeMessagesGoBothWaysAtATime() throws Exception {
    byte[] large = random(LARGE);
    there.write(() -> there.connection.writeRequest(1, first, large(large)));
    here.write(() -> here.connection.writeReply(2, large(large)));
    assertThat(here.next()).isEqualTo("request 1 first test.Class256 " + Recorder.text(large));
    assertThat(there.next()).startsWith("class 256");
    assertThat(there.next()).isEqualTo("reply 2 test.Class256 " + Recorder.text(large));
  }

  @Test
  void cancelEndsATransferAndLetsGoWhatWaited() throws Exception {
    there.write(
        () -> {
          there.connection.writeRequest(1, first, large(new byte[4 * LARGE]));
          there.connection.writeOneWay(first, small(1));
          there.connection.flush();
          there.connection.writeCancel(1);
        });
    assertThat(here.next()).isEqualTo("oneWay first test.Class256 1:32");
    there.write(() -> there.connection.writeOneWay(first, large(new byte[LARGE])));
    assertThat(here.next())
        .isEqualTo("oneWay first test.Class256 " + Recorder.text(new byte[LARGE]));
    assertReleased(2);
  }

  @Test
  void cancelTakesBackWhatIsQueuedOrWaits() throws Exception {
    byte[] large = random(LARGE);
    there.write(
        () -> {
          there.connection.writeRequest(1, first, large(large));
          there.connection.writeRequest(2, second, large(large));
          there.connection.writeRequest(3, second, small(3));
          there.connection.writeRequest(4, first, small(4));
          there.connection.writeRequest(5, first, large(large));
          there.connection.writeOneWay(first, small(6));
          there.connection.writeCancel(2);
          there.connection.writeCancel(4);
          there.connection.writeCancel(5);
        });
    assertThat(here.next()).startsWith("request 3 second");
    assertThat(here.next()).isEqualTo("request 1 first test.Class256 " + Recorder.text(large));
    assertThat(here.next()).startsWith("oneWay first");
    assertReleased(3);
    assertThat(here.events).isEmpty();
  }

  @Test
  void closeReleasesEveryBodyOnce() throws Exception {
    there.write(
        () -> {
          there.connection.writeRequest(1, first, large(new byte[4 * LARGE]));
          there.connection.writeRequest(2, first, large(new byte[LARGE]));
          there.connection.writeRequest(3, second, large(new byte[LARGE]));
          there.connection.flush();
          there.connection.close("enough");
          there.connection.writeRequest(4, second, large(new byte[LARGE]));
        });
    assertThat(there.next()).contains("closed: enough");
    assertThat(here.next()).startsWith("closed ");
    assertReleased(4);
  }

  @Test
  void shutdownWaitsForWhatWasWritten() throws Exception {
    byte[] large = random(LARGE / 6);
    there.write(() -> there.connection.writeRequest(1, first, large(large)));
    client.close();
    assertThat(here.next()).isEqualTo("request 1 first test.Class256 " + Recorder.text(large));
    assertThat(here.next()).startsWith("closed ");
  }

  @Test
  void writabilityIsToldOnceAskedFor() throws Exception {
    byte[] large = new byte[LARGE];
    there.write(
        () -> {
          assertThat(there.connection.isWritable()).isTrue();
          for (int call = 1; there.connection.isWritable(); call++) {
            there.connection.writeRequest(call, first, large(large));
            assertThat(call).isLessThan(10);
          }
        });
    assertThat(there.next()).isEqualTo("writable");
    there.write(() -> there.connection.close("enough"));
    String last = there.next();
    while (last.equals("writable")) {
      last = there.next();
    }
    assertThat(last).startsWith("closed ");
  }

  @Test
  void aMessageBeyondThePeersLimitClosesTheConnection() throws Exception {
    try (TestEnv narrow =
        new TestEnv("narrow", "rpc.message.maxSize", "1m", "rpc.chunk.size", "64k").listening()) {
      Recorder sender = client.connect(narrow.address());
      Recorder receiver = narrow.nextAccepted();
      assertThat(sender.connection.peer().maxMessageSize()).isEqualTo(1024 * 1024);
      sender.write(
          () -> {
            sender.connection.writeRequest(1, first, message(256, new byte[1024 * 1024]));
            sender.connection.writeRequest(2, first, message(256, new byte[1024 * 1024 + 1]));
          });
      assertThat(receiver.next()).startsWith("class 256");
      assertThat(receiver.next()).startsWith("request 1 first");
      assertThat(receiver.next())
          .startsWith("closed ")
          .contains("message of [1048577] bytes (allowed: 1048576, rpc.message.maxSize)");
      assertThat(sender.next()).startsWith("closed ");
    }
  }

  /** Asks on the sender's loop: bytes may be here before the sender knows that they have left. */
  private void assertReleased(int bodies) throws Exception {
    TestEnv.on(there.connection.loop(), () -> assertThat(released).hasValue(bodies));
  }

  private EncodedMessage large(byte[] bytes) {
    List<ByteBuffer> segments = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += 100_000) {
      segments.add(ByteBuffer.wrap(bytes, at, Math.min(100_000, bytes.length - at)));
    }
    return new EncodedMessage(
        TestEnv.messageClass(256),
        256,
        MessageBody.ofSegments(segments, bytes.length, released::incrementAndGet));
  }

  private static EncodedMessage small(int value) {
    return message(256, new byte[] {(byte) value});
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
