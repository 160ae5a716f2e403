// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundInvoker;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;
import java.nio.charset.StandardCharsets;

/**
 * The frames of bare Netty: a length, a kind, and the fields one after the other.
 *
 * <p>{@code u32 length, u8 kind, u64 id}, then for a sample {@code u8 length, text, u8 length,
 * bytes}, for a blob nothing but its bytes.
 */
final class Frames {

  static final byte ASK = 1;
  static final byte SEND = 2;
  static final byte LARGE = 3;

  /** Up to the id, included. */
  static final int HEADER = 4 + 1 + 8;

  /** More than any frame of a sample. */
  static final int MOST_SMALL = 512;

  private static final int PIECE = 256 * 1024;

  private Frames() {}

  static void write(ByteBuf out, byte kind, Sample sample) {
    int start = out.writerIndex();
    out.writeInt(0);
    out.writeByte(kind);
    out.writeLong(sample.id());
    byte[] text = sample.text().getBytes(StandardCharsets.UTF_8);
    out.writeByte(text.length);
    out.writeBytes(text);
    out.writeByte(sample.data().length);
    out.writeBytes(sample.data());
    out.setInt(start, out.writerIndex() - start - 4);
  }

  /** Reads what follows the kind. */
  static Sample readSample(ByteBuf in) {
    long id = in.readLong();
    byte[] text = new byte[in.readUnsignedByte()];
    in.readBytes(text);
    byte[] data = new byte[in.readUnsignedByte()];
    in.readBytes(data);
    return new Sample(id, new String(text, StandardCharsets.UTF_8), data);
  }

  static void writeHeader(ByteBuf out, Blob blob) {
    out.writeInt(1 + 8 + blob.data().length);
    out.writeByte(LARGE);
    out.writeLong(blob.id());
  }

  /**
   * Writes a header of its own, then the bytes, which must not change any more: Netty copies them
   * once, into a direct buffer.
   */
  static void write(ChannelHandlerContext context, Blob blob) {
    ByteBuf header = context.alloc().buffer(HEADER);
    writeHeader(header, blob);
    context.write(header, context.voidPromise());
    writePieces(context, blob.data());
  }

  /** Writes the bytes, in pieces that its pool has room for; they must not change any more. */
  static void writePieces(ChannelOutboundInvoker out, byte[] data) {
    for (int from = 0; from < data.length; from += PIECE) {
      int length = Math.min(PIECE, data.length - from);
      out.write(Unpooled.wrappedBuffer(data, from, length), out.voidPromise());
    }
  }

  /** Reads what follows the kind, up to the end. */
  static Blob readBlob(ByteBuf in) {
    long id = in.readLong();
    byte[] data = new byte[in.readableBytes()];
    in.readBytes(data);
    return new Blob(id, data);
  }
}
