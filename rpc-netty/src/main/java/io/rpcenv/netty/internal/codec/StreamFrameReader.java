// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads one direction of a connection for a file. Keeps what has come of a short frame on the heap;
 * the file's bytes are handed over where they lie.
 */
public final class StreamFrameReader {

  private static final int TYPE_AND_FLAGS = 2;

  private final Handler handler;
  private final ByteBuf partial =
      Unpooled.buffer(64, Integer.BYTES + WireFormat.MAX_HANDSHAKE_FRAME);
  private final FieldReader fields = new FieldReader();

  /** Bytes of the file that the current frame still has. */
  private int dataLeft;

  /** Bytes to skip of a frame of unknown type. */
  private int skipLeft;

  /** Creates a reader; what comes goes to the handler. */
  public StreamFrameReader(Handler handler) {
    this.handler = handler;
  }

  /**
   * Takes all bytes.
   *
   * @param in what came; stays the caller's
   * @throws ProtocolViolation if they are not what may come; nothing may be read afterwards
   */
  public void read(ByteBuf in) throws ProtocolViolation {
    while (in.isReadable()) {
      if (dataLeft > 0) {
        int size = Math.min(dataLeft, in.readableBytes());
        dataLeft -= size;
        handler.data(in.readSlice(size));
      } else if (skipLeft > 0) {
        int size = Math.min(skipLeft, in.readableBytes());
        skipLeft -= size;
        in.skipBytes(size);
      } else {
        header(in);
      }
    }
  }

  private void header(ByteBuf in) throws ProtocolViolation {
    if (!fill(in, WireFormat.FRAME_HEADER)) {
      return;
    }
    long length = partial.getUnsignedInt(0);
    int type = partial.getUnsignedByte(Integer.BYTES);
    if (length < TYPE_AND_FLAGS || length > WireFormat.MAX_FRAME) {
      throw new ProtocolViolation("frame of [" + length + "] bytes");
    }
    if (partial.getByte(Integer.BYTES + 1) != 0) {
      throw new ProtocolViolation("unknown flags in a frame of type [" + type + "]");
    }
    if (type == WireFormat.STREAM_DATA) {
      beginData((int) length - TYPE_AND_FLAGS);
    } else if (isKnown(type)) {
      shortFrame(in, type, (int) length);
    } else if ((type & WireFormat.SKIPPABLE) != 0) {
      skipLeft = (int) length - TYPE_AND_FLAGS;
      partial.clear();
    } else {
      throw new ProtocolViolation("unknown frame type [" + type + "]");
    }
  }

  private static boolean isKnown(int type) {
    return type >= WireFormat.STREAM_OPEN && type <= WireFormat.STREAM_ERROR;
  }

  private void beginData(int size) throws ProtocolViolation {
    if (size < 1 || size > WireFormat.MAX_CHUNK) {
      throw new ProtocolViolation("[" + size + "] bytes of a file in a frame");
    }
    dataLeft = size;
    partial.clear();
  }

  private void shortFrame(ByteBuf in, int type, int length) throws ProtocolViolation {
    if (length > WireFormat.MAX_HANDSHAKE_FRAME) {
      throw new ProtocolViolation("frame of type [" + type + "] of [" + length + "] bytes");
    }
    if (!fill(in, Integer.BYTES + length)) {
      return;
    }
    partial.readerIndex(WireFormat.FRAME_HEADER);
    fields.reset(partial, partial.writerIndex());
    dispatch(type);
    partial.clear();
  }

  private void dispatch(int type) throws ProtocolViolation {
    switch (type) {
      case WireFormat.STREAM_OPEN -> {
        String path = fields.string();
        fields.finish();
        handler.open(path);
      }
      case WireFormat.STREAM_BEGIN -> {
        long length = fields.varlong();
        fields.finish();
        handler.begin(length);
      }
      case WireFormat.STREAM_END -> {
        fields.finish();
        handler.end();
      }
      default -> {
        int code = fields.varint();
        String text = fields.string().replaceAll("\\p{Cntrl}", " ");
        fields.finish();
        handler.error(code, text);
      }
    }
  }

  private boolean fill(ByteBuf in, int wanted) {
    int missing = wanted - partial.writerIndex();
    if (missing > 0) {
      partial.writeBytes(in, Math.min(missing, in.readableBytes()));
    }
    return partial.writerIndex() >= wanted;
  }

  /** Makes the exception for frames that come out of order. */
  public static ProtocolViolation violation(String text) {
    return new ProtocolViolation(text);
  }

  /** Gets the frames. What a side never sends to this one is a violation by default. */
  public interface Handler {

    /** STREAM_OPEN came. */
    default void open(String path) throws ProtocolViolation {
      throw new ProtocolViolation("STREAM_OPEN from the side that has the file");
    }

    /** STREAM_BEGIN came. */
    default void begin(long length) throws ProtocolViolation {
      throw new ProtocolViolation("STREAM_BEGIN from the side that reads");
    }

    /**
     * Bytes of the file came.
     *
     * @param bytes one or more; valid during this call unless retained
     */
    default void data(ByteBuf bytes) throws ProtocolViolation {
      throw new ProtocolViolation("STREAM_DATA from the side that reads");
    }

    /** STREAM_END came. */
    default void end() throws ProtocolViolation {
      throw new ProtocolViolation("STREAM_END from the side that reads");
    }

    /** STREAM_ERROR came. */
    default void error(int code, String text) throws ProtocolViolation {
      throw new ProtocolViolation("STREAM_ERROR from the side that reads");
    }
  }
}
