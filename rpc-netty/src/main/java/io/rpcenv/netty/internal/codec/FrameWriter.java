// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.rpcenv.serialization.MessageClass;
import java.util.List;

/**
 * Writes frames and parts of frames into a buffer. A frame is begun with its type and ended when
 * its fields are written; what follows in other buffers is only counted.
 */
public final class FrameWriter {

  private static final int MAX_UTF8_PER_CHAR = 3;

  private FrameWriter() {}

  /** Begins a frame and returns where, for {@link #end}. */
  public static int begin(ByteBuf out, int type) {
    int start = out.writerIndex();
    out.writeInt(0).writeByte(type).writeByte(0);
    return start;
  }

  /** Ends a frame, of which {@code following} more bytes come in other buffers. */
  public static void end(ByteBuf out, int start, int following) {
    out.setInt(start, out.writerIndex() - start - Integer.BYTES + following);
  }

  /** Writes CLASSES for classes with successive ids, at least one. */
  public static void classes(ByteBuf out, List<MessageClass> classes) {
    int start = begin(out, WireFormat.CLASSES);
    varint(out, classes.get(0).id());
    varint(out, classes.size());
    for (MessageClass announced : classes) {
      string(out, announced.name());
      out.writeLong(announced.shape());
    }
    end(out, start, 0);
  }

  /** Writes ENDPOINTS for one name. */
  public static void endpoint(ByteBuf out, int number, String name) {
    int start = begin(out, WireFormat.ENDPOINTS);
    varint(out, number);
    varint(out, 1);
    string(out, name);
    end(out, start, 0);
  }

  /** Writes the fields of a ONE_WAY. */
  public static void oneWay(ByteBuf out, int endpoint, String name, MessageClass messageClass) {
    varint(out, endpoint);
    if (endpoint == 0) {
      string(out, name);
    }
    messageClass(out, messageClass);
  }

  /** Writes the fields of a REQUEST. */
  public static void request(
      ByteBuf out, long callId, int endpoint, String name, MessageClass messageClass) {
    varlong(out, callId);
    oneWay(out, endpoint, name, messageClass);
  }

  /** Writes the fields of a REPLY. */
  public static void reply(ByteBuf out, long callId, MessageClass messageClass) {
    varlong(out, callId);
    messageClass(out, messageClass);
  }

  /** Writes the fields of a CHUNK_FIRST that stand before those of the message. */
  public static void chunkFirst(ByteBuf out, int type, int total) {
    out.writeByte(type);
    varint(out, total);
  }

  /** Writes a frame of no more than a call id: CANCEL. */
  public static void cancel(ByteBuf out, long callId) {
    int start = begin(out, WireFormat.CANCEL);
    varlong(out, callId);
    end(out, start, 0);
  }

  /** Writes a frame without fields: CHUNK_ABORT. */
  public static void chunkAbort(ByteBuf out) {
    end(out, begin(out, WireFormat.CHUNK_ABORT), 0);
  }

  /** Writes PING or PONG. */
  public static void pingPong(ByteBuf out, int type, long token) {
    int start = begin(out, type);
    out.writeLong(token);
    end(out, start, 0);
  }

  /** Returns how many bytes a string takes at most. */
  public static int maxSize(String text) {
    return Math.min(WireFormat.MAX_NAME, text.length() * MAX_UTF8_PER_CHAR) + Integer.BYTES;
  }

  /** Writes a number of at most 31 bits. */
  public static void varint(ByteBuf out, int value) {
    varlong(out, value);
  }

  /** Writes a number of at most 63 bits. */
  public static void varlong(ByteBuf out, long value) {
    long rest = value;
    while (rest > 0x7F) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static void string(ByteBuf out, String text) {
    String written = ByteBufUtil.utf8Bytes(text) > WireFormat.MAX_NAME ? cut(text) : text;
    varint(out, ByteBufUtil.utf8Bytes(written));
    ByteBufUtil.writeUtf8(out, written);
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), WireFormat.MAX_NAME / MAX_UTF8_PER_CHAR));
  }

  private static void messageClass(ByteBuf out, MessageClass messageClass) {
    varint(out, messageClass.id());
    if (messageClass.id() == MessageClass.INLINE) {
      string(out, messageClass.name());
      out.writeLong(messageClass.shape());
    }
  }
}
