// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import io.rpcenv.serialization.MessageBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a body in place where it is an array, else through a reused buffer. Believes no length that
 * the rest of the body could not hold (KRYO_1282).
 */
final class WireInput extends Input {

  /** Small: what is read through the window is copied once more. */
  private static final int WINDOW_SIZE = 8 * 1024;

  private static final int MAX_KEPT_CHARS = 64 * 1024;
  private static final int MAX_ASCII = 128;
  private static final int MAX_SMALL = 4 * 1024;
  private static final byte[] NONE = {};

  private List<ByteBuffer> segments = List.of();
  private int nextSegment;
  private long unread;
  private long owed;
  private byte[] window = NONE;

  /** For small bodies: a copy costs less than a reference from an old object to a young array. */
  private final byte[] small = new byte[MAX_SMALL];

  /** For short strings, whose bytes are changed on the way. */
  private final byte[] ascii = new byte[MAX_ASCII];

  WireInput() {
    super(NONE);
    detach();
  }

  void begin(MessageBody body) {
    owed = 0;
    if (!body.hasArray()) {
      beginSegments(body);
    } else if (body.size() <= MAX_SMALL) {
      assert buffer == small; // detached
      System.arraycopy(body.array(), body.arrayOffset(), small, 0, body.size());
      position = 0;
      limit = body.size();
    } else {
      setBuffer(body.array(), body.arrayOffset(), body.size());
    }
  }

  private void beginSegments(MessageBody body) {
    if (window.length == 0) {
      window = new byte[WINDOW_SIZE];
    }
    setBuffer(window, 0, 0);
    segments = body.segments();
    nextSegment = 0;
    unread = body.size();
  }

  /** Lets go of the body. */
  void detach() {
    if (buffer != small) {
      setBuffer(small, 0, 0);
      segments = List.of();
      unread = 0;
    }
  }

  /** Returns whether a message has blown up the buffers that would otherwise be reused. */
  boolean isBloated() {
    return chars.length > MAX_KEPT_CHARS;
  }

  /** Returns how many bytes the body still has. */
  long remaining() {
    return limit - position + unread;
  }

  /** Reads a length of things that take at least one byte each. */
  int readLength() {
    return readLength(1);
  }

  /** Reads a length of things that take at least {@code bytes} each. */
  int readLength(int bytes) {
    int length = readVarInt(true);
    checkLength(length, bytes);
    return length;
  }

  /**
   * Reads how many values follow, of at least one byte each. Until {@link #settle} they stay owed,
   * so that all collections which are open at a time together believe no more than the bytes left.
   */
  int readCount(int valuesEach) {
    int count = readVarInt(true);
    long values = (long) count * valuesEach;
    if (count < 0 || values + owed > remaining()) {
      throw WireFailure.malformed("a count of " + count + " with " + remaining() + " bytes left");
    }
    owed += values;
    return count;
  }

  /** Notes that owed values are read next. */
  void settle(int values) {
    owed -= values;
  }

  private void checkLength(int length, int bytes) {
    if (length < 0 || (long) length * bytes > remaining()) {
      throw WireFailure.malformed("a length of " + length + " with " + remaining() + " bytes left");
    }
  }

  @Override
  protected int fill(byte[] target, int offset, int count) {
    while (nextSegment < segments.size()) {
      ByteBuffer segment = segments.get(nextSegment);
      int length = Math.min(count, segment.remaining());
      if (length > 0) {
        segment.get(target, offset, length);
        unread -= length;
        return length;
      }
      if (segment.hasRemaining()) {
        return 0;
      }
      nextSegment++;
    }
    return -1;
  }

  /** As Kryo's, but never changes the body's bytes, not even for a moment. */
  @Override
  public String readString() {
    if (readVarIntFlag()) {
      return super.readString();
    }
    for (int end = position; end < limit && end - position < ascii.length; end++) {
      if (buffer[end] < 0) {
        return ascii(end + 1 - position);
      }
    }
    return longAscii();
  }

  /** Reads that many characters, all in the buffer; the last one has the top bit set. */
  private String ascii(int length) {
    System.arraycopy(buffer, position, ascii, 0, length);
    ascii[length - 1] &= 0x7f;
    position += length;
    return new String(ascii, 0, length, StandardCharsets.ISO_8859_1);
  }

  private String longAscii() {
    int length = 0;
    byte next;
    do {
      next = readByte();
      if (length == chars.length) {
        chars = Arrays.copyOf(chars, length * 2);
      }
      chars[length++] = (char) (next & 0x7f);
    } while (next >= 0);
    return new String(chars, 0, length);
  }

  /** As Kryo's, but what is not in the buffer yet does not go through it. */
  @Override
  public void readBytes(byte[] target, int offset, int count) {
    int buffered = Math.min(limit - position, count);
    System.arraycopy(buffer, position, target, offset, buffered);
    position += buffered;
    for (int done = buffered; done < count; ) {
      int filled = fill(target, offset + done, count - done);
      if (filled <= 0) {
        throw new KryoException("Buffer underflow.");
      }
      done += filled;
    }
  }

  @Override
  public int readVarIntFlag(boolean optimizePositive) {
    int length = super.readVarIntFlag(optimizePositive);
    // Kryo writes a string's length plus one; 0 is null.
    if (length != 0) {
      checkLength(length - 1, 1);
    }
    return length;
  }
}
