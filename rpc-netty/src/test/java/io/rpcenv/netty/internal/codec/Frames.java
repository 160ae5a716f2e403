// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rpcenv.RpcAddress;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Hello;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Ready;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Refuse;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One sample of each frame, as the writers make it. */
final class Frames {

  static final MessageClass HI = new MessageClass(256, "demo.Hi", 0x0102030405060708L);
  static final MessageClass BYE = new MessageClass(257, "demo.Bye", -1);
  static final MessageClass INLINE = new MessageClass(MessageClass.INLINE, "demo.Far", 9);
  static final MessageClass FIXED = new MessageClass(3, "#3", 0);
  static final Hello SERVER =
      new Hello(
          1,
          1,
          WireFormat.PURPOSE_MESSAGES,
          new EnvId(0x0011223344556677L, 0x8899AABBCCDDEEFFL),
          "server",
          Optional.of(RpcAddress.of("localhost", 7077)),
          128 * 1024 * 1024,
          "kryo-1",
          0);
  static final Hello CLIENT =
      new Hello(
          1,
          2,
          WireFormat.PURPOSE_MESSAGES,
          new EnvId(1, 2),
          "client",
          Optional.empty(),
          1024,
          "kryo-1",
          5);

  private Frames() {}

  /** Returns handshake frames by name, in hex. */
  static Map<String, String> handshake() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("MAGIC", hex(HandshakeWriter::magic));
    all.put("HELLO with address", hex(out -> HandshakeWriter.write(out, SERVER)));
    all.put("HELLO without address", hex(out -> HandshakeWriter.write(out, CLIENT)));
    all.put("REFUSE", hex(out -> HandshakeWriter.write(out, new Refuse(2, "other serializer"))));
    all.put("READY", hex(out -> HandshakeWriter.write(out, new Ready())));
    return all;
  }

  /** Returns the frames of one direction of a connection by name, in hex, in a valid order. */
  static Map<String, String> connection() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("CLASSES", hex(out -> FrameWriter.classes(out, List.of(HI, BYE))));
    all.put("ENDPOINTS", hex(out -> FrameWriter.endpoint(out, 1, "greeter")));
    all.put("ONE_WAY", message(WireFormat.ONE_WAY, out -> FrameWriter.oneWay(out, 1, "", HI)));
    all.put(
        "ONE_WAY with names",
        message(WireFormat.ONE_WAY, out -> FrameWriter.oneWay(out, 0, "far", INLINE)));
    all.put(
        "REQUEST", message(WireFormat.REQUEST, out -> FrameWriter.request(out, 300, 1, "", BYE)));
    all.put("REQUEST with extensions", extended());
    all.put("REPLY", message(WireFormat.REPLY, out -> FrameWriter.reply(out, 7, FIXED)));
    all.put("FAILURE", message(WireFormat.FAILURE, out -> FrameWriter.varlong(out, 8)));
    all.put("CANCEL", hex(out -> FrameWriter.cancel(out, Long.MAX_VALUE)));
    all.put("CHUNK_FIRST", hex(Frames::chunkFirst));
    all.put("CHUNK_NEXT", message(WireFormat.CHUNK_NEXT, out -> {}));
    all.put("CHUNK_LAST", message(WireFormat.CHUNK_LAST, out -> out.writeByte(0xDD)));
    all.put("CHUNK_FIRST again", hex(Frames::chunkFirst));
    all.put("CHUNK_ABORT", hex(FrameWriter::chunkAbort));
    all.put("PING", hex(out -> FrameWriter.pingPong(out, WireFormat.PING, 42)));
    all.put("PONG", hex(out -> FrameWriter.pingPong(out, WireFormat.PONG, 42)));
    all.put("GOODBYE", message(WireFormat.GOODBYE, out -> {}));
    all.put("unknown, skippable", message(0x91, out -> out.writeZero(20)));
    return all;
  }

  /** Returns the frames of a connection for a file by name, in hex. */
  static Map<String, String> stream() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("STREAM_OPEN", hex(out -> StreamFrameWriter.open(out, "/files/größe 1")));
    all.put("STREAM_BEGIN", hex(out -> StreamFrameWriter.begin(out, 3)));
    all.put("STREAM_BEGIN of 5 GiB", hex(out -> StreamFrameWriter.begin(out, 5L << 30)));
    all.put("STREAM_DATA", hex(Frames::streamData));
    all.put("STREAM_END", hex(StreamFrameWriter::end));
    all.put(
        "STREAM_ERROR",
        hex(out -> StreamFrameWriter.error(out, WireFormat.ERROR_NOT_FOUND, "no such file")));
    return all;
  }

  private static void streamData(ByteBuf out) {
    StreamFrameWriter.data(out, 3);
    out.writeMedium(0xAABBCC);
  }

  private static void chunkFirst(ByteBuf out) {
    int start = FrameWriter.begin(out, WireFormat.CHUNK_FIRST);
    FrameWriter.chunkFirst(out, WireFormat.REQUEST, 7);
    FrameWriter.request(out, 9, 1, "", HI);
    FrameWriter.end(out, start, 0);
  }

  private static String extended() {
    return hex(
        out -> {
          int start = FrameWriter.begin(out, WireFormat.REQUEST);
          out.setByte(start + 5, WireFormat.FLAG_EXTENSIONS);
          FrameWriter.request(out, 301, 1, "", HI);
          out.writeByte(4).writeByte(1).writeByte(2).writeShort(0x0A0B);
          out.writeMedium(0xAABBCC);
          FrameWriter.end(out, start, 0);
        });
  }

  /** Returns a frame of these fields and the body AA BB CC. */
  static String message(int type, Consumer<ByteBuf> fields) {
    return hex(
        out -> {
          int start = FrameWriter.begin(out, type);
          fields.accept(out);
          FrameWriter.end(out, start, 3);
          out.writeMedium(0xAABBCC);
        });
  }

  static String hex(Consumer<ByteBuf> writer) {
    ByteBuf out = Unpooled.buffer();
    writer.accept(out);
    return ByteBufUtil.hexDump(out);
  }

  static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
  }
}
