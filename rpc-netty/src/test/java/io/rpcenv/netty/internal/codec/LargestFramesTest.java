// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Hello;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Ready;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What just fits is taken; {@link FrameReaderTest} has most of what is one more. */
@Timeout(60)
class LargestFramesTest {

  private final FrameLog log = new FrameLog();

  @Test
  void failure() throws Exception {
    byte[] failure = new byte[WireFormat.MAX_FAILURE];
    log.read(frame(WireFormat.FAILURE, 0, out -> out.writeByte(1).writeBytes(failure)), 1000);
    assertThat(log.lines).containsExactly("failure 1 " + Arrays.toString(failure));
  }

  /** Below the bound of a frame it is the maximum of this env that counts. */
  @Test
  void messageInOneFrame() throws Exception {
    for (int type : new int[] {WireFormat.ONE_WAY, WireFormat.REPLY}) {
      FrameLog small = new FrameLog(100);
      small.read(message(type, 100), 1000);
      assertThat(small.lines).hasSize(1);
      assertThatThrownBy(() -> small.read(message(type, 101), 1000))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessage("message of [101] bytes (allowed: 100, rpc.message.maxSize)");
      assertThat(small.lines).hasSize(1);
    }
  }

  private static ByteBuf message(int type, int size) {
    return frame(
        type,
        0,
        out -> {
          if (type == WireFormat.ONE_WAY) {
            FrameWriter.oneWay(out, 0, "e", Frames.FIXED);
          } else {
            FrameWriter.reply(out, 7, Frames.FIXED);
          }
          out.writeZero(size);
        });
  }

  @Test
  void extensionsOfAMessageInChunks() throws Exception {
    ByteBuf bytes =
        frame(
            WireFormat.CHUNK_FIRST,
            WireFormat.FLAG_EXTENSIONS,
            out -> {
              FrameWriter.chunkFirst(out, WireFormat.REQUEST, 1);
              FrameWriter.request(out, 7, 0, "e", Frames.FIXED);
              section(out, WireFormat.MAX_EXTENSIONS);
            });
    bytes.writeBytes(frame(WireFormat.CHUNK_LAST, 0, out -> out.writeByte(9)));
    log.read(bytes, 1000);
    assertThat(log.lines)
        .containsExactly(
            "request 7 e " + Frames.FIXED + " " + FrameLog.text(new byte[] {9}) + " held");
  }

  @Test
  void chunk() throws Exception {
    byte[] body = new byte[WireFormat.MAX_CHUNK];
    ByteBuf bytes =
        frame(
            WireFormat.CHUNK_FIRST,
            0,
            out -> {
              FrameWriter.chunkFirst(out, WireFormat.REPLY, body.length);
              FrameWriter.reply(out, 7, Frames.FIXED);
            });
    bytes.writeBytes(frame(WireFormat.CHUNK_LAST, 0, out -> out.writeBytes(body)));
    log.read(bytes, Integer.MAX_VALUE);
    assertThat(log.lines)
        .singleElement()
        .asString()
        .startsWith("reply 7 " + Frames.FIXED + " " + FrameLog.text(body))
        .endsWith(" false");
  }

  @Test
  void handshakeFrame() throws Exception {
    int typeFlagsAndLength = 2 + 2;
    ByteBuf bytes = magic();
    bytes.writeBytes(
        frame(
            WireFormat.READY,
            0,
            out -> section(out, WireFormat.MAX_HANDSHAKE_FRAME - typeFlagsAndLength)));
    assertThat(bytes.readableBytes()).isEqualTo(2 * Integer.BYTES + WireFormat.MAX_HANDSHAKE_FRAME);
    assertThat(new HandshakeReader().read(bytes)).isEqualTo(new Ready());
  }

  @Test
  void numbersOfAHello() throws Exception {
    Hello hello =
        new Hello(
            1,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Frames.SERVER.envId(),
            "e",
            Optional.empty(),
            Integer.MAX_VALUE,
            "s",
            Long.MAX_VALUE);
    ByteBuf bytes = magic();
    HandshakeWriter.write(bytes, hello);
    assertThat(new HandshakeReader().read(bytes)).isEqualTo(hello);
  }

  private static ByteBuf magic() {
    ByteBuf out = Unpooled.buffer();
    HandshakeWriter.magic(out);
    return out;
  }

  private static ByteBuf frame(int type, int flags, Consumer<ByteBuf> rest) {
    ByteBuf out = Unpooled.buffer();
    int start = FrameWriter.begin(out, type);
    out.setByte(start + 5, flags);
    rest.accept(out);
    FrameWriter.end(out, start, 0);
    return out;
  }

  private static void section(ByteBuf out, int size) {
    FrameWriter.varint(out, size);
    out.writeZero(size);
  }
}
