// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.Serializer;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes that no serializer of ours wrote: a value or one kind of failure comes out, and no memory
 * is taken for what they claim (KRYO_1282). The long run: {@code mvn -Pstress -pl rpc-netty -am
 * test -Dtest=MalformedBytesTest}.
 */
@Timeout(600)
class MalformedBytesTest {

  private static final long SEED = 20_240_229;
  private static final int MANY_BYTES = 1 << 20;

  private record Everything(int number, String text, Optional<Everything> next, Object any) {}

  private final Serializer serializer =
      SerializerFixture.serializer(Everything.class, JdkSamples.Color.class);

  private final List<byte[]> bodies = new ArrayList<>();
  private final PeerClasses classes = serializer.newPeerClasses();

  MalformedBytesTest() {
    int announced = MessageClass.FIRST_ID;
    List<Object> messages =
        new ArrayList<>(JdkSamples.all().map(JdkSamples.Sample::value).toList());
    messages.add(
        new Everything(1, "t", Optional.of(new Everything(2, null, Optional.empty(), 3)), null));
    for (Object message : messages) {
      EncodedMessage encoded = SerializerFixture.encode(serializer, message);
      for (; announced <= encoded.highestClassId(); announced++) {
        classes.define(serializer.messageClass(announced));
      }
      if (encoded.body().size() < 10_000) {
        bodies.add(SerializerFixture.bytes(encoded.body()));
      }
      encoded.body().release();
    }
  }

  @Test
  void mutationsDoNoHarm() {
    fuzz(20_000, new Random(SEED));
  }

  @Test
  @Tag("fuzz")
  void manyMutationsDoNoHarm() {
    for (int run = 0; run < 40; run++) {
      fuzz(50_000, new Random(SEED + run));
    }
  }

  private void fuzz(int rounds, Random random) {
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = mutate(pick(random), random);
      long before = allocated();
      try {
        serializer.decode(body(bytes, random), classes, SerializerFixture.NO_REFS);
      } catch (RpcSerializationException e) {
        assertThat(e).hasMessageStartingWith("cannot decode");
      }
      assertThat(allocated() - before)
          .as("allocated for %s", Arrays.toString(bytes))
          .isLessThan(8L * MANY_BYTES);
    }
  }

  private byte[] pick(Random random) {
    return bodies.get(random.nextInt(bodies.size()));
  }

  private byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> overwrite(bytes, random);
      case 2 -> flip(bytes, random);
      default -> splice(bytes, pick(random), random);
    };
  }

  private static byte[] overwrite(byte[] bytes, Random random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] flip(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    bytes[at] = (byte) (bytes[at] ^ (1 << random.nextInt(8)));
    return bytes;
  }

  private static byte[] splice(byte[] one, byte[] other, Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(one, 0, random.nextInt(one.length + 1));
    int from = random.nextInt(other.length + 1);
    all.write(other, from, other.length - from);
    return all.toByteArray();
  }

  private static MessageBody body(byte[] bytes, Random random) {
    return random.nextBoolean()
        ? MessageBody.ofArray(bytes)
        : SerializerFixture.inPieces(bytes, 1 + random.nextInt(100));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** A class id, then a length of 0x7fffffff. */
  private static byte[] claim(int id) {
    byte[] bytes = new byte[100];
    bytes[0] = (byte) (id > 127 ? (id & 0x7f) | 0x80 : id);
    int at = 1;
    if (id > 127) {
      bytes[at++] = (byte) (id >> 7);
    }
    System.arraycopy(new byte[] {-1, -1, -1, -1, 7}, 0, bytes, at, 5);
    return bytes;
  }

  @Test
  void noMemoryIsTakenForALengthThatIsOnlyClaimed() {
    int tried = 0;
    for (int id : FixedTypes.names().keySet()) {
      byte[] bytes = claim(id);
      long before = allocated();
      try {
        serializer.decode(MessageBody.ofArray(bytes), classes, SerializerFixture.NO_REFS);
      } catch (RpcSerializationException e) {
        tried++;
      }
      assertThat(allocated() - before).as("id " + id).isLessThan(MANY_BYTES);
    }
    assertThat(tried).isGreaterThan(50);
  }

  @Test
  void nestedCollectionsCannotEachClaimAllThatIsLeft() {
    byte[] bytes = new byte[MANY_BYTES];
    for (int at = 0; at + 4 < 200 * 4; at += 4) {
      bytes[at] = 44; // HashSet
      int claim = MANY_BYTES - at - 10;
      bytes[at + 1] = (byte) ((claim & 0x7f) | 0x80);
      bytes[at + 2] = (byte) (((claim >> 7) & 0x7f) | 0x80);
      bytes[at + 3] = (byte) (claim >> 14);
    }
    long before = allocated();

    assertThatThrownBy(
            () -> serializer.decode(MessageBody.ofArray(bytes), classes, SerializerFixture.NO_REFS))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("a count of");
    assertThat(allocated() - before).isLessThan(32L * MANY_BYTES);
  }

  @Test
  void queuesOfAFixedCapacityShareOneBound() {
    List<Object> queues = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      queues.add(new ArrayBlockingQueue<>(1 << 19));
    }

    assertThatThrownBy(() -> SerializerFixture.encode(serializer, queues))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("fixed capacity");
  }

  @Test
  void nestingIsBoundedForTheReader() {
    byte[] bytes = new byte[100_000];
    for (int at = 0; at < bytes.length; at += 2) {
      bytes[at] = 38; // ArrayList
      bytes[at + 1] = 1;
    }

    assertThatThrownBy(
            () -> serializer.decode(MessageBody.ofArray(bytes), classes, SerializerFixture.NO_REFS))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("rpc.serializer.maxDepth=256");
  }
}
