// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.PooledByteBufAllocator;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerProvider;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sizes, ids and ownership. */
@Timeout(60)
class KryoSerializerTest {

  private record Note(String text, Part part) {}

  private record Part(int number) {}

  private final Serializer serializer = SerializerFixture.serializer(Note.class);

  private RpcMessageTooLargeException tooLarge(Object message, int limit) {
    return catchThrowableOfType(
        RpcMessageTooLargeException.class,
        () -> serializer.encode(message, limit, SerializerFixture.NO_REFS));
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(SerializerProvider.class))
        .hasOnlyElementsOfType(KryoSerializerProvider.class)
        .hasSize(1);
    assertThat(serializer.id()).isEqualTo("kryo-1");
  }

  @Test
  void theLimitIsExact() {
    for (int length : new int[] {10, 100, 65_000, 65_530, 65_536, 70_000, 300_000}) {
      byte[] payload = new byte[length];
      MessageBody unlimited = SerializerFixture.encode(serializer, payload).body();
      int size = unlimited.size();
      unlimited.release();
      EncodedMessage fits = serializer.encode(payload, size, SerializerFixture.NO_REFS);

      assertThat(fits.body().size()).isEqualTo(size);
      assertThat(tooLarge(payload, size - 1))
          .hasMessageContaining(">" + (size - 1))
          .hasMessageContaining("rpc.message.maxSize");
      fits.body().release();
    }
  }

  @Test
  void bodiesOfAllSizesFollowOneAnotherThroughOneInstance() {
    for (int length : new int[] {4096 - 8, 300_000, 0, 4096, 1, 70_000, 4096 - 8, 5000, 2}) {
      for (int more = 0; more < 10; more++) {
        byte[] payload = new byte[length + more];
        Arrays.fill(payload, (byte) length);
        EncodedMessage encoded = SerializerFixture.encode(serializer, payload);
        PeerClasses classes = SerializerFixture.announce(serializer, serializer, encoded);
        Object decoded = serializer.decode(encoded.body(), classes, SerializerFixture.NO_REFS);
        encoded.body().release();
        assertThat(decoded).isEqualTo(payload);
      }
    }
  }

  /** As a frame lies in a pooled buffer, between others' bytes. */
  @Test
  void aBodyInTheMiddleOfAnArrayIsReadWhereItLies() {
    for (int length : new int[] {0, 100, 5000, 100_000}) {
      byte[] payload = new byte[length];
      Arrays.fill(payload, (byte) 7);
      EncodedMessage encoded = SerializerFixture.encode(serializer, payload);
      PeerClasses classes = SerializerFixture.announce(serializer, serializer, encoded);
      byte[] body = SerializerFixture.bytes(encoded.body());
      encoded.body().release();
      byte[] around = new byte[body.length + 200];
      Arrays.fill(around, (byte) 0x55);
      System.arraycopy(body, 0, around, 100, body.length);
      byte[] before = around.clone();

      assertThat(decodeMiddle(around, body.length, classes)).isEqualTo(payload);
      assertThat(around).isEqualTo(before);
      assertThatThrownBy(() -> decodeMiddle(around, body.length - 1, classes))
          .as("nothing beyond the end is read")
          .isInstanceOf(RpcSerializationException.class);
    }
  }

  private Object decodeMiddle(byte[] around, int length, PeerClasses classes) {
    List<ByteBuffer> pieces = List.of(ByteBuffer.wrap(around, 100, length));
    MessageBody body = MessageBody.ofSegments(pieces, length, () -> {});
    return serializer.decode(body, classes, SerializerFixture.NO_REFS);
  }

  @Test
  void aTooLargeMessageIsNeverBuilt() {
    byte[] megabyte = new byte[1 << 20];
    List<byte[]> huge = Collections.nCopies(1 << 20, megabyte);
    long before = usedDirect();

    assertThat(tooLarge(new ArrayList<>(huge), 1 << 20)).isNotNull();
    assertThat(usedDirect()).isEqualTo(before);
  }

  @Test
  void segmentsAreGivenBackOnce() {
    long before = usedDirect();
    EncodedMessage encoded = SerializerFixture.encode(serializer, new byte[1 << 20]);
    assertThat(usedDirect()).isGreaterThan(before);
    assertThat(encoded.body().segments()).hasSizeGreaterThan(4);

    encoded.body().release();

    assertThat(usedDirect()).isEqualTo(before);
    assertThatThrownBy(() -> encoded.body().release()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFailureDeepInALargeMessageGivesItsSegmentsBack() {
    long before = usedDirect();

    assertThatThrownBy(
            () ->
                SerializerFixture.encode(
                    serializer, new Object[] {new byte[1 << 20], Thread.currentThread()}))
        .isInstanceOf(RpcSerializationException.class);
    assertThat(usedDirect()).isEqualTo(before);
  }

  private static long usedDirect() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(arena -> arena.numActiveBytes() > 0 ? arena.numActiveAllocations() : 0)
        .sum();
  }

  @Test
  void aBodyIsReadInPlaceFromTheMiddleOfAnArrayAndLeftAsItIs() {
    Note note = new Note("a short text", new Part(3));
    EncodedMessage encoded = SerializerFixture.encode(serializer, note);
    PeerClasses classes = SerializerFixture.announce(serializer, serializer, encoded);
    byte[] bytes = encoded.body().array();
    byte[] frame = new byte[bytes.length + 20];
    Arrays.fill(frame, (byte) 0x7f);
    System.arraycopy(bytes, 0, frame, 7, bytes.length);
    byte[] copy = frame.clone();

    MessageBody body = MessageBody.ofArray(frame, 7, bytes.length);

    assertThat(serializer.decode(body, classes, SerializerFixture.NO_REFS)).isEqualTo(note);
    assertThat(frame).isEqualTo(copy);
  }

  @Test
  void classesAreNumberedInTheOrderOfTheirFirstUseAndNeverAgain() {
    EncodedMessage part = SerializerFixture.encode(serializer, new Part(1));
    EncodedMessage note = SerializerFixture.encode(serializer, new Note("x", new Part(1)));
    EncodedMessage again = SerializerFixture.encode(serializer, List.of(new Part(1)));

    assertThat(part.messageClass().id()).isEqualTo(MessageClass.FIRST_ID);
    assertThat(part.highestClassId()).isEqualTo(MessageClass.FIRST_ID);
    assertThat(note.messageClass().id()).isEqualTo(MessageClass.FIRST_ID + 1);
    assertThat(note.highestClassId()).isEqualTo(MessageClass.FIRST_ID + 1);
    assertThat(again.messageClass().id()).isLessThan(MessageClass.FIRST_ID);
    assertThat(again.highestClassId()).isEqualTo(MessageClass.FIRST_ID);
    assertThat(serializer.messageClass(MessageClass.FIRST_ID)).isEqualTo(part.messageClass());
    assertThatThrownBy(() -> serializer.messageClass(MessageClass.FIRST_ID + 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("id: ");
  }

  @Test
  void jdkValuesNeedNoAnnouncement() {
    EncodedMessage encoded = SerializerFixture.encode(serializer, "text");

    assertThat(encoded.highestClassId()).isZero();
    assertThat(encoded.messageClass()).isEqualTo(new MessageClass(25, "java.lang.String", 0));
  }

  @Test
  void beyondTheTableClassesGoByName() {
    for (Class<?> element : new Class<?>[] {int.class, long.class, byte.class, char.class}) {
      fillTable(element);
    }
    for (Class<?> element :
        new Class<?>[] {
          String.class, Object.class, short.class, float.class, double.class, boolean.class,
          Integer.class, Long.class, Short.class, Byte.class, Number.class, Double.class,
          Float.class
        }) {
      fillTable(element);
    }
    Note note = new Note("inline", new Part(5));
    EncodedMessage encoded = SerializerFixture.encode(serializer, note);

    assertThat(encoded.messageClass().id()).isEqualTo(MessageClass.INLINE);
    assertThat(encoded.messageClass().name()).isEqualTo(Note.class.getName());
    assertThat(encoded.highestClassId()).isZero();
    assertThat(SerializerFixture.decode(serializer, serializer, encoded)).isEqualTo(note);
  }

  private void fillTable(Class<?> element) {
    Class<?> type = element;
    for (int dimensions = 1; dimensions < 255; dimensions++) {
      type = type.arrayType();
      SerializerFixture.encode(serializer, Array.newInstance(type, 0));
    }
  }

  @Test
  void bytesAfterTheMessageAreAnError() {
    EncodedMessage encoded = SerializerFixture.encode(serializer, "text");
    byte[] longer = Arrays.copyOf(encoded.body().array(), encoded.body().size() + 1);

    assertThatThrownBy(
            () ->
                serializer.decode(
                    MessageBody.ofArray(longer),
                    serializer.newPeerClasses(),
                    SerializerFixture.NO_REFS))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("1 bytes after the message");
  }

  @Test
  void saysWhatItCouldRebuild() {
    assertThat(serializer.allows(Note.class.getName())).isTrue();
    assertThat(serializer.allows(Part.class.getName())).isTrue();
    assertThat(serializer.allows("java.lang.IllegalStateException")).isTrue();
    assertThat(serializer.allows("java.lang.Thread")).isFalse();
    assertThat(serializer.allows(KryoSerializerTest.class.getName())).isFalse();
    assertThat(serializer.allows("no.such.Class")).isFalse();
    assertThat(serializer.allows("")).isFalse();
  }
}
