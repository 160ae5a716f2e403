// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one frame after the other and never beyond the frame's end. */
final class FieldReader {

  private ByteBuf in = Unpooled.EMPTY_BUFFER;
  private int end;

  /**
   * Begins with a frame.
   *
   * @param frame its reader index moves on with each field
   * @param frameEnd index after the frame's last byte, within the readable bytes
   */
  void reset(ByteBuf frame, int frameEnd) {
    this.in = frame;
    this.end = frameEnd;
  }

  int remaining() {
    return end - in.readerIndex();
  }

  int u8() throws ProtocolViolation {
    need(1);
    return in.readUnsignedByte();
  }

  long u64() throws ProtocolViolation {
    need(8);
    return in.readLong();
  }

  int varint() throws ProtocolViolation {
    long value = varlong();
    if (value > Integer.MAX_VALUE) {
      throw new ProtocolViolation("number [" + value + "] too large");
    }
    return (int) value;
  }

  long varlong() throws ProtocolViolation {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new ProtocolViolation("number of more than 9 bytes");
  }

  long callId() throws ProtocolViolation {
    long id = varlong();
    if (id == 0) {
      throw new ProtocolViolation("call id [0]");
    }
    return id;
  }

  String string() throws ProtocolViolation {
    int length = length(WireFormat.MAX_NAME);
    return in.readString(length, StandardCharsets.UTF_8);
  }

  void skipExtensions() throws ProtocolViolation {
    int length = length(WireFormat.MAX_EXTENSIONS);
    in.skipBytes(length);
  }

  /** Checks that the frame has been read to its end. */
  void finish() throws ProtocolViolation {
    if (remaining() != 0) {
      throw new ProtocolViolation("[" + remaining() + "] bytes after the last field");
    }
  }

  private int length(int max) throws ProtocolViolation {
    int length = varint();
    if (length > max) {
      throw new ProtocolViolation("field of [" + length + "] bytes (allowed: " + max + ")");
    }
    need(length);
    return length;
  }

  private void need(int bytes) throws ProtocolViolation {
    if (bytes > remaining()) {
      throw new ProtocolViolation("field ends outside its frame");
    }
  }
}
