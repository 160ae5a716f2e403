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
import io.rpcenv.netty.internal.codec.HandshakeFrame.Refuse;
import io.rpcenv.serialization.EnvId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandshakeReaderTest {

  private final HandshakeReader reader = new HandshakeReader();

  @Test
  void readsEveryGoldenFrameWhereverTheBytesAreCut() throws Exception {
    ByteBuf all = Unpooled.buffer();
    for (Map.Entry<String, String> frame : Frames.handshake().entrySet()) {
      all.writeBytes(Frames.bytes(frame.getValue()));
    }
    for (int cut = 1; cut <= all.readableBytes(); cut++) {
      HandshakeReader fresh = new HandshakeReader();
      assertThat(fresh.started()).isFalse();
      List<HandshakeFrame> frames = new ArrayList<>();
      ByteBuf rest = all.duplicate();
      while (rest.isReadable()) {
        ByteBuf piece = rest.readSlice(Math.min(cut, rest.readableBytes()));
        HandshakeFrame frame = fresh.read(piece);
        while (frame != null) {
          frames.add(frame);
          frame = fresh.read(piece);
        }
        assertThat(piece.isReadable()).isFalse();
        assertThat(fresh.started()).isTrue();
      }
      assertThat(frames)
          .as("pieces of " + cut)
          .containsExactly(
              Frames.SERVER, Frames.CLIENT, new Refuse(2, "other serializer"), new Ready());
    }
  }

  @Test
  void leavesWhatFollowsAFrame() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    HandshakeWriter.magic(bytes);
    HandshakeWriter.write(bytes, new Ready());
    bytes.writeMedium(1);
    assertThat(reader.read(bytes)).isEqualTo(new Ready());
    assertThat(bytes.readableBytes()).isEqualTo(3);
  }

  @Test
  void readsOnlyTheVersionsOfAnotherVersion() throws Exception {
    for (int[] versions : new int[][] {{2, 9}, {0, 0}}) {
      ByteBuf bytes = Unpooled.buffer();
      HandshakeWriter.magic(bytes);
      bytes.writeInt(5).writeByte(WireFormat.HELLO).writeByte(0);
      bytes.writeByte(versions[0]).writeByte(versions[1]).writeByte(0x77);
      assertThat(new HandshakeReader().read(bytes))
          .isEqualTo(
              new Hello(
                  versions[0], versions[1], 0, new EnvId(0, 0), "", Optional.empty(), 0, "", 0));
    }
  }

  /** F11: a wrong client is told from its first bytes. */
  @Test
  void tellsWhatAForeignPeerSpeaks() {
    foreign("GET / HTTP/1.1\r\n\r\n", "peer spoke HTTP/1 to the RPC port");
    foreign("HTTP/1.1 400 Bad Request", "peer spoke HTTP/1 to the RPC port");
    foreign("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "peer spoke HTTP/2 to the RPC port");
    foreign("\u0016\u0003\u0001\u0002\u0000", "peer spoke TLS to the RPC port");
    foreign("SSH-2.0-OpenSSH_9", "peer spoke SSH to the RPC port");
    foreign(
        "\u0000\u0001\u0002",
        "peer spoke an unknown protocol to the RPC port, first bytes [000102]");
    foreign(
        "x".repeat(99),
        "peer spoke an unknown protocol to the RPC port, first bytes [" + "78".repeat(16) + "]");
  }

  private static void foreign(String bytes, String line) {
    ByteBuf in = Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> new HandshakeReader().read(in))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessage(line)
        .satisfies(violation -> assertThat(violation.getStackTrace()).isEmpty());
  }

  /** F12: nothing but small handshake frames before the handshake is complete. */
  @Test
  void refusesLargeFramesAndOtherTypes() {
    refuses("handshake frame of [16385] bytes", WireFormat.MAX_HANDSHAKE_FRAME + 1, 1, 0);
    refuses("handshake frame of [4294967295] bytes", -1, 1, 0);
    refuses("handshake frame of [1] bytes", 1, 1, 0);
    refuses("frame type [33] before the handshake is complete", 2, WireFormat.REQUEST, 0);
    refuses("unknown flags", 2, WireFormat.READY, 1);
    refuses("field ends outside its frame", 2, WireFormat.HELLO, 0);
  }

  private static void refuses(String message, int length, int type, int flags) {
    ByteBuf bytes = Unpooled.buffer();
    HandshakeWriter.magic(bytes);
    bytes.writeInt(length).writeByte(type).writeByte(flags);
    assertThatThrownBy(() -> new HandshakeReader().read(bytes))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesBytesAfterTheLastField() {
    for (String frame : new String[] {"HELLO with address", "READY"}) {
      ByteBuf bytes = Unpooled.buffer();
      HandshakeWriter.magic(bytes);
      bytes.writeBytes(Frames.bytes(Frames.handshake().get(frame))).writeByte(0);
      bytes.setInt(Integer.BYTES, bytes.getInt(Integer.BYTES) + 1);
      assertThatThrownBy(() -> new HandshakeReader().read(bytes))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessage("[1] bytes after the last field");
    }
  }

  @Test
  void refusesAnAddressThatIsNone() {
    ByteBuf bytes = Frames.bytes("a7525043" + Frames.handshake().get("HELLO with address"));
    bytes.setByte(bytes.indexOf(0, bytes.capacity(), (byte) 0xA5), 0x80);
    bytes.setByte(bytes.indexOf(0, bytes.capacity(), (byte) 0x37), 0);
    assertThatThrownBy(() -> reader.read(bytes)).hasMessageContaining("advertised address");
  }

  @Test
  void reasonsAreOneLine() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    HandshakeWriter.magic(bytes);
    HandshakeWriter.write(bytes, new Refuse(9, "a\nb"));
    assertThat(reader.read(bytes)).isEqualTo(new Refuse(9, "a b"));
  }
}
