// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of one encoded message, on their way out or in.
 *
 * <p>A body has one owner at a time, which calls {@link #release()} once, on any thread, when the
 * bytes are no longer needed. A method that takes ownership says so.
 */
public abstract class MessageBody {

  private static final MessageBody EMPTY = ofArray(new byte[0]);

  MessageBody() {}

  /** Returns a body of no bytes. */
  public static MessageBody empty() {
    return EMPTY;
  }

  /**
   * Returns a body over a whole array, which is not copied and must not change.
   *
   * @param bytes the bytes
   * @return the body; releasing it does nothing
   */
  public static MessageBody ofArray(byte[] bytes) {
    return new ArrayBody(bytes, 0, bytes.length);
  }

  /**
   * Returns a body over part of an array, which is not copied.
   *
   * @param bytes the array
   * @param offset where the body starts
   * @param length how long it is
   * @return the body; releasing it does nothing
   */
  public static MessageBody ofArray(byte[] bytes, int offset, int length) {
    return new ArrayBody(bytes, offset, length);
  }

  /**
   * Returns a body over several buffers, which are not copied.
   *
   * @param segments the buffers; their position and limit are never changed
   * @param size the sum of what remains in them
   * @param release what to run when the owner is done with them, exactly once
   * @return the body
   */
  public static MessageBody ofSegments(List<ByteBuffer> segments, int size, Runnable release) {
    return new SegmentedBody(segments, size, release);
  }

  /** Returns the number of bytes. */
  public abstract int size();

  /**
   * Returns the bytes as buffers, to be read in turn. The caller gets duplicates of its own; they
   * are valid until {@link #release()}.
   */
  public abstract List<ByteBuffer> segments();

  /** Returns whether {@link #array()} is there: the bytes are one piece of one array. */
  public abstract boolean hasArray();

  /**
   * Returns the array that holds the bytes, and beside them others' perhaps. Valid until {@link
   * #release()}: then it may hold another body.
   *
   * @throws UnsupportedOperationException unless {@link #hasArray()}
   */
  public abstract byte[] array();

  /**
   * Returns where the bytes start in {@link #array()}.
   *
   * @throws UnsupportedOperationException unless {@link #hasArray()}
   */
  public abstract int arrayOffset();

  /** Gives the bytes back. Exactly once, by the owner. */
  public abstract void release();

  private static final class ArrayBody extends MessageBody {

    private final byte[] bytes;
    private final int offset;
    private final int length;

    ArrayBody(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      this.bytes = bytes;
      this.offset = offset;
      this.length = length;
    }

    @Override
    public int size() {
      return length;
    }

    @Override
    public List<ByteBuffer> segments() {
      return List.of(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public boolean hasArray() {
      return true;
    }

    @Override
    public byte[] array() {
      return bytes;
    }

    @Override
    public int arrayOffset() {
      return offset;
    }

    @Override
    public void release() {}
  }

  private static final class SegmentedBody extends MessageBody {

    private final List<ByteBuffer> segments;
    private final int size;
    private final Runnable release;

    SegmentedBody(List<ByteBuffer> segments, int size, Runnable release) {
      this.segments = List.copyOf(segments);
      this.size = size;
      this.release = release;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public List<ByteBuffer> segments() {
      return segments.stream().map(ByteBuffer::duplicate).toList();
    }

    @Override
    public boolean hasArray() {
      return segments.size() == 1 && segments.get(0).hasArray();
    }

    @Override
    public byte[] array() {
      return only().array();
    }

    @Override
    public int arrayOffset() {
      return only().arrayOffset() + only().position();
    }

    private ByteBuffer only() {
      if (!hasArray()) {
        throw new UnsupportedOperationException("array (expected: hasArray)");
      }
      return segments.get(0);
    }

    @Override
    public void release() {
      release.run();
    }
  }
}
