// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcenv.serialization.MessageClass;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All frames through one reader, whose state one frame leaves to the next: hence one class. */
@Timeout(60)
class FrameReaderTest {

  private static final String ABC =
      FrameLog.text(new byte[] {(byte) 0xAA, (byte) 0xBB, (byte) 0xCC});
  private static final List<String> GOLDEN_LINES =
      List.of(
          "class " + Frames.HI,
          "class " + Frames.BYE,
          "oneWay greeter " + Frames.HI + " " + ABC + " array",
          "oneWay far " + Frames.INLINE + " " + ABC + " array",
          "request 300 greeter " + Frames.BYE + " " + ABC + " array",
          "request 301 greeter " + Frames.HI + " " + ABC + " array",
          "reply 7 " + Frames.FIXED + " " + ABC + " true",
          "failure 8 [-86, -69, -52]",
          "cancel " + Long.MAX_VALUE,
          "request 9 greeter "
              + Frames.HI
              + " "
              + FrameLog.text(
                  new byte[] {
                    (byte) 0xAA,
                    (byte) 0xBB,
                    (byte) 0xCC,
                    (byte) 0xDD,
                    (byte) 0xAA,
                    (byte) 0xBB,
                    (byte) 0xCC
                  })
              + " held",
          "ping 42");

  private final FrameLog log = new FrameLog();

  @Test
  void readsEveryGoldenFrameWhereverTheBytesAreCut() throws Exception {
    ByteBuf all = goldenBytes();
    for (int cut = 1; cut <= all.readableBytes(); cut++) {
      FrameLog pieces = new FrameLog().read(all.duplicate(), cut);
      assertThat(pieces.lines).as("pieces of " + cut).isEqualTo(GOLDEN_LINES);
      assertThat(pieces.held()).as("held after pieces of " + cut).isZero();
    }
    for (int cut = 1; cut < all.readableBytes(); cut++) {
      FrameLog two = new FrameLog();
      two.reader.read(all.slice(0, cut));
      two.reader.read(all.slice(cut, all.readableBytes() - cut));
      assertThat(two.lines).as("cut at " + cut).isEqualTo(GOLDEN_LINES);
      assertThat(two.held()).isZero();
    }
  }

  private static ByteBuf goldenBytes() {
    ByteBuf all = Unpooled.buffer();
    Frames.connection().values().forEach(hex -> all.writeBytes(Frames.bytes(hex)));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 4097, 16_384, 16_385, 65_536, 262_144, WireFormat.MAX_CHUNK})
  void handsOverBodiesOfEverySize(int size) throws Exception {
    byte[] body = random(size);
    String kind = size <= FrameReader.ARRAY_LIMIT ? " array" : " held";
    String text = FrameLog.text(body) + kind;
    String reply = size <= FrameReader.SCRATCH ? FrameLog.text(body) + " true" : text + " false";
    ByteBuf bytes = Unpooled.buffer();
    frame(bytes, WireFormat.ONE_WAY, out -> FrameWriter.oneWay(out, 0, "e", Frames.FIXED), body);
    frame(
        bytes, WireFormat.REQUEST, out -> FrameWriter.request(out, 1, 0, "e", Frames.FIXED), body);
    frame(bytes, WireFormat.REPLY, out -> FrameWriter.reply(out, 2, Frames.FIXED), body);
    for (int pieces : new int[] {1000, 65_536, Integer.MAX_VALUE}) {
      FrameLog read = new FrameLog().read(bytes.duplicate(), pieces);
      assertThat(read.lines)
          .containsExactly(
              "oneWay e " + Frames.FIXED + " " + text,
              "request 1 e " + Frames.FIXED + " " + text,
              "reply 2 " + Frames.FIXED + " " + reply);
      assertThat(read.held()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {WireFormat.ONE_WAY, WireFormat.REQUEST, WireFormat.REPLY})
  void putsChunksTogetherWithOtherFramesInBetween(int type) throws Exception {
    byte[] body = random(200_000);
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, type, body.length);
    int at = 0;
    for (int size : new int[] {1, 65_535, 65_536, 60_000}) {
      chunk(bytes, WireFormat.CHUNK_NEXT, body, at, size);
      FrameWriter.cancel(bytes, size);
      at += size;
    }
    chunk(bytes, WireFormat.CHUNK_LAST, body, at, body.length - at);
    for (int pieces : new int[] {7, 1000, 65_536, Integer.MAX_VALUE}) {
      FrameLog read = new FrameLog().read(bytes.duplicate(), pieces);
      assertThat(read.lines).hasSize(5);
      assertThat(read.lines.subList(0, 4))
          .containsExactly("cancel 1", "cancel 65535", "cancel 65536", "cancel 60000");
      assertThat(read.lines.get(4)).contains(FrameLog.text(body) + " held");
      assertThat(read.held()).isZero();
    }
  }

  /** Promise 13: bytes count as they come, and no longer once the message is complete. */
  @Test
  void tellsOfChunksAsTheyCome() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, WireFormat.REQUEST, 100_000);
    chunk(bytes, WireFormat.CHUNK_NEXT, 70_000);
    log.read(bytes, 1000);
    assertThat(log.arriving).isEqualTo(70_000);
    bytes.clear();
    FrameWriter.cancel(bytes, 5);
    chunk(bytes, WireFormat.CHUNK_LAST, 30_000);
    log.read(bytes, 1000);
    assertThat(log.arriving).isZero();
    assertThat(log.lines).hasSize(2).first().isEqualTo("cancel 5");
  }

  @Test
  void whatIsGivenUpIsToldToBeGone() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, WireFormat.REQUEST, 100_000);
    chunk(bytes, WireFormat.CHUNK_NEXT, 70_000);
    log.read(bytes, 1000);
    FrameWriter.chunkAbort(bytes.clear());
    log.read(bytes, 1000);
    assertThat(log.arriving).as("after an abort").isZero();
    first(bytes.clear(), WireFormat.REPLY, 100_000);
    chunk(bytes, WireFormat.CHUNK_NEXT, 70_000);
    log.read(bytes, 1000);
    log.reader.close();
    assertThat(log.arriving).as("after the end").isZero();
    assertThat(log.held()).isZero();
    assertThat(log.lines).isEmpty();
  }

  /** Promise 13: a refused message is skipped to its end, told once, and the next one is read. */
  @ParameterizedTest
  @ValueSource(ints = {WireFormat.ONE_WAY, WireFormat.REQUEST})
  void skipsARefusedMessageAndReadsOn(int type) throws Exception {
    log.room = 80_000;
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, type, 200_000);
    chunk(bytes, WireFormat.CHUNK_NEXT, 70_000);
    log.read(bytes, 1000);
    assertThat(log.lines).isEmpty();
    chunk(bytes.clear(), WireFormat.CHUNK_NEXT, 20_000);
    log.read(bytes, 1000);
    String refusal = type == WireFormat.ONE_WAY ? "refused oneWay e " : "refused request 1 e ";
    assertThat(log.lines).containsExactly(refusal + Frames.FIXED);
    assertThat(log.arriving).isZero();
    assertThat(log.held()).as("given back at once").isZero();
    chunk(bytes.clear(), WireFormat.CHUNK_NEXT, 100_000);
    FrameWriter.cancel(bytes, 5);
    chunk(bytes, WireFormat.CHUNK_LAST, 10_000);
    log.read(bytes, 1000);
    assertThat(log.held()).isZero();
    first(bytes.clear(), type, 5);
    chunk(bytes, WireFormat.CHUNK_LAST, 5);
    log.read(bytes, 1000);
    assertThat(log.lines).hasSize(3).element(1).isEqualTo("cancel 5");
    assertThat(log.lines.get(2)).contains(FrameLog.text(new byte[5]));
  }

  @Test
  void anAbortEndsARefusedMessage() throws Exception {
    log.room = 10;
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, WireFormat.REQUEST, 200_000);
    chunk(bytes, WireFormat.CHUNK_NEXT, 70_000);
    FrameWriter.chunkAbort(bytes);
    first(bytes, WireFormat.REQUEST, 5);
    chunk(bytes, WireFormat.CHUNK_LAST, 5);
    log.read(bytes, 1000);
    assertThat(log.lines).hasSize(2);
    assertThat(log.lines.get(1)).startsWith("request 1 ");
    assertThat(log.held()).isZero();
  }

  @Test
  void aReplyIsKeptWhateverItsSize() throws Exception {
    log.room = 10;
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, WireFormat.REPLY, 70_000);
    chunk(bytes, WireFormat.CHUNK_LAST, 70_000);
    log.read(bytes, 1000);
    assertThat(log.lines).hasSize(1).first().asString().startsWith("reply 1 ");
  }

  /** L14: nothing is allocated for a claim. */
  @Test
  void holdsNoMoreThanWhatHasCome() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, WireFormat.REQUEST, FrameLog.MAX_MESSAGE);
    bytes.writeInt(2 + WireFormat.MAX_CHUNK).writeByte(WireFormat.CHUNK_NEXT).writeByte(0);
    bytes.writeZero(100);
    log.read(bytes, 10);
    assertThat(log.held()).isLessThanOrEqualTo(64 * 1024);
    log.reader.close();
    assertThat(log.held()).isZero();

    FrameLog claim = new FrameLog();
    claim.read(Unpooled.buffer().writeInt(WireFormat.MAX_FRAME).writeByte(0x20).writeZero(50), 10);
    assertThat(claim.held()).isLessThanOrEqualTo(1024);
    claim.reader.close();
    assertThat(claim.held()).isZero();

    FrameLog large = new FrameLog();
    ByteBuf part = Unpooled.buffer().writeInt(WireFormat.MAX_FRAME).writeByte(0x20);
    large.read(part.writeZero(60_000), Integer.MAX_VALUE);
    assertThat(large.held()).as("four times what has come").isLessThanOrEqualTo(4 * 60_005);
    large.reader.close();
    assertThat(large.held()).isZero();
  }

  @Test
  void abortedTransferLeavesNothing() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    first(bytes, WireFormat.REQUEST, 100_000);
    chunk(bytes, WireFormat.CHUNK_NEXT, new byte[70_000], 0, 70_000);
    FrameWriter.chunkAbort(bytes);
    first(bytes, WireFormat.ONE_WAY, 5);
    chunk(bytes, WireFormat.CHUNK_LAST, new byte[5], 0, 5);
    log.read(bytes, 1000);
    assertThat(log.lines)
        .containsExactly("oneWay e " + Frames.FIXED + " " + FrameLog.text(new byte[5]) + " held");
    assertThat(log.held()).isZero();
  }

  @Test
  void refusesFramesBeyondTheBoundAtOnce() {
    refuses("frame of [2147483648] bytes", out -> out.writeInt(1 << 31).writeZero(2));
    refuses(
        "frame of [" + (WireFormat.MAX_FRAME + 1) + "] bytes",
        out -> out.writeInt(WireFormat.MAX_FRAME + 1).writeZero(2));
    refuses("frame of [1] bytes", out -> out.writeInt(1).writeZero(2));
  }

  @Test
  void refusesMessagesBeyondTheMaximum() throws Exception {
    FrameLog exact = new FrameLog();
    exact.read(firstOf(WireFormat.REPLY, FrameLog.MAX_MESSAGE), 100);
    refuses(
        "message of [3145729] bytes (allowed: 3145728, rpc.message.maxSize)",
        out -> out.writeBytes(firstOf(WireFormat.REPLY, FrameLog.MAX_MESSAGE + 1)));
    refuses("message of [0] bytes", out -> out.writeBytes(firstOf(WireFormat.REPLY, 0)));
    refuses(
        "message of [" + (WireFormat.MAX_CHUNK + 1) + "] bytes",
        out ->
            frame(
                out,
                WireFormat.REPLY,
                fields -> FrameWriter.reply(fields, 1, Frames.FIXED),
                new byte[WireFormat.MAX_CHUNK + 1]));
    refuses(
        "failure of [" + (WireFormat.MAX_FAILURE + 1) + "] bytes",
        out ->
            frame(
                out,
                WireFormat.FAILURE,
                fields -> FrameWriter.varlong(fields, 1),
                new byte[WireFormat.MAX_FAILURE + 1]));
  }

  @Test
  void refusesChunksThatDoNotAddUp() {
    refuses("chunk outside a transfer", out -> chunk(out, WireFormat.CHUNK_LAST, 3));
    refuses("chunk outside a transfer", FrameWriter::chunkAbort);
    refuses("second chunk transfer", out -> out.writeBytes(three()).writeBytes(three()));
    refuses("[2] bytes where [3] are missing", out -> last(out, 2));
    refuses("[4] bytes where [3] are missing", out -> last(out, 4));
    refuses(
        "[3] bytes where [3] are missing",
        out -> chunk(out.writeBytes(three()), WireFormat.CHUNK_NEXT, 3));
    refuses("chunk of [0] bytes", out -> chunk(out.writeBytes(three()), WireFormat.CHUNK_NEXT, 0));
    refuses(
        "with flags [1]",
        out -> out.writeBytes(three()).writeInt(5).writeByte(0x32).writeByte(1).writeZero(3));
    refuses(
        "chunk of [" + (WireFormat.MAX_CHUNK + 1) + "] bytes",
        out ->
            chunk(
                out.writeBytes(firstOf(WireFormat.REPLY, FrameLog.MAX_MESSAGE)),
                WireFormat.CHUNK_NEXT,
                WireFormat.MAX_CHUNK + 1));
    refuses("chunk transfer of frame type [36]", out -> out.writeBytes(firstOf(0x24, 3)));
  }

  private static void last(ByteBuf out, int size) {
    chunk(out.writeBytes(three()), WireFormat.CHUNK_LAST, size);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    refuses("unknown frame type [112]", out -> empty(out, 0x70, 0));
    refuses("unknown frame type [127]", out -> empty(out, 0x7F, 0));
    refuses("unknown flags [2] of frame type [36]", out -> empty(out, WireFormat.CANCEL, 2));
    refuses("unknown flags [1] of frame type [36]", out -> empty(out, WireFormat.CANCEL, 1));
    refuses(
        "unknown flags [2] of a message",
        out -> out.writeInt(5).writeByte(0x22).writeByte(2).writeByte(1).writeByte(3).writeByte(0));
    refuses("class id [256] was never announced", out -> header(out, Frames.HI, 0));
    refuses("endpoint number [1] was never announced", out -> header(out, Frames.FIXED, 1));
    refuses("call id [0]", out -> FrameWriter.cancel(out, 0));
    refuses("field ends outside its frame", out -> empty(out, WireFormat.CANCEL, 0));
    refuses("[1] bytes after the last field", out -> fields(out, WireFormat.CANCEL, 1, 1));
    refuses("[1] bytes after the last field", out -> fields(out, WireFormat.CHUNK_ABORT, 1));
    refuses("[1] bytes after", out -> fields(out, WireFormat.ENDPOINTS, 1, 1, 0, 0));
    refuses("[1] bytes after", out -> fields(out, WireFormat.CLASSES, 0x80, 2, 0, 0));
    refuses("[1] bytes after", out -> fields(out, WireFormat.PING, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    refuses("[1] bytes after", out -> fields(out, WireFormat.PONG, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    refuses("[1] bytes after", out -> fields(out, WireFormat.CHUNK_FIRST, 0x22, 3, 1, 3, 0));
    refuses("field ends outside", out -> fields(out, WireFormat.PING, 0, 0, 0, 0, 0, 0, 0));
    refuses("field ends outside", out -> fields(out, WireFormat.ENDPOINTS, 1, 1, 2, 65));
    refuses(
        "unknown flags [4] of a message",
        out -> out.writeInt(5).writeByte(0x20).writeByte(4).writeByte(0).writeByte(0).writeByte(3));
    refuses(
        "number of more than 9 bytes",
        out -> fields(out, WireFormat.CANCEL, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1));
    refuses(
        "number [2147483648] too large",
        out -> fields(out, WireFormat.CLASSES, 128, 128, 128, 128, 8, 1));
    refuses("field of [4097] bytes", out -> fields(out, WireFormat.ONE_WAY, 0, 0x81, 0x20));
    refuses(
        "field of [16385] bytes",
        out -> out.writeBytes(three()).setByte(5, 1).setInt(0, 9).writeMedium(0x818001));
    refuses("unknown flags [2] of a message", out -> out.writeBytes(three()).setByte(5, 2));
  }

  @Test
  void skipsUnknownSkippableFramesWithAnyFlags() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    empty(bytes, 0xF0, 0x7F);
    FrameWriter.cancel(bytes, 4);
    assertThat(log.read(bytes, 100).lines).containsExactly("cancel 4");
  }

  @Test
  void refusesAnnouncementsWithGapsOrBeyondTheTable() throws Exception {
    refuses("(expected: from 256)", out -> FrameWriter.classes(out, List.of(Frames.BYE)));
    refuses("(expected: from 1)", out -> FrameWriter.endpoint(out, 2, "e"));
    ByteBuf full = Unpooled.buffer();
    for (int i = 0; i < WireFormat.MAX_CLASSES; i++) {
      FrameWriter.classes(full, List.of(new MessageClass(256 + i, "c", 0)));
      FrameWriter.endpoint(full, 1 + i, "e");
    }
    log.read(full, Integer.MAX_VALUE);
    ByteBuf classes = Unpooled.buffer();
    FrameWriter.classes(classes, List.of(new MessageClass(256 + 4096, "c", 0)));
    assertThatThrownBy(() -> log.read(classes, 100)).hasMessageContaining("id [4352]");
    ByteBuf endpoint = Unpooled.buffer();
    FrameWriter.endpoint(endpoint, 4097, "e");
    assertThatThrownBy(() -> log.read(endpoint, 100)).hasMessageContaining("number [4097]");
    refuses("[1000000] classes", out -> fields(out, WireFormat.CLASSES, 0x80, 2, 0xC0, 0x84, 0x3D));
  }

  @Test
  void cutsNamesThatAreTooLong() throws Exception {
    ByteBuf bytes = Unpooled.buffer();
    FrameWriter.endpoint(bytes, 1, "x".repeat(WireFormat.MAX_NAME));
    FrameWriter.endpoint(bytes, 2, "\u20AC".repeat(WireFormat.MAX_NAME));
    header(bytes, Frames.FIXED, 1);
    header(bytes, Frames.FIXED, 2);
    log.read(bytes, 100);
    assertThat(log.lines.get(0)).startsWith("oneWay " + "x".repeat(WireFormat.MAX_NAME) + " ");
    assertThat(log.lines.get(1)).startsWith("oneWay " + "\u20AC".repeat(1365) + " ");
  }

  // How the bytes are made.

  private void refuses(String message, Consumer<ByteBuf> writer) {
    for (int pieces : new int[] {1, 5, Integer.MAX_VALUE}) {
      FrameLog fresh = new FrameLog();
      ByteBuf bytes = Unpooled.buffer();
      writer.accept(bytes);
      assertThatThrownBy(() -> fresh.read(bytes, pieces))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining(message);
      fresh.reader.close();
      assertThat(fresh.held()).isZero();
    }
  }

  private static void frame(ByteBuf out, int type, Consumer<ByteBuf> fields, byte[] body) {
    int start = FrameWriter.begin(out, type);
    fields.accept(out);
    FrameWriter.end(out, start, body.length);
    out.writeBytes(body);
  }

  private static void header(ByteBuf out, MessageClass messageClass, int endpoint) {
    frame(
        out,
        WireFormat.ONE_WAY,
        fields -> FrameWriter.oneWay(fields, endpoint, "e", messageClass),
        new byte[1]);
  }

  private static void fields(ByteBuf out, int type, int... bytes) {
    int start = FrameWriter.begin(out, type);
    for (int value : bytes) {
      out.writeByte(value);
    }
    FrameWriter.end(out, start, 0);
  }

  private static void empty(ByteBuf out, int type, int flags) {
    out.writeInt(2).writeByte(type).writeByte(flags);
  }

  private static ByteBuf three() {
    return firstOf(WireFormat.REPLY, 3);
  }

  private static ByteBuf firstOf(int type, int total) {
    ByteBuf out = Unpooled.buffer();
    first(out, type, total);
    return out;
  }

  private static void first(ByteBuf out, int type, int total) {
    int start = FrameWriter.begin(out, WireFormat.CHUNK_FIRST);
    FrameWriter.chunkFirst(out, type, total);
    switch (type) {
      case WireFormat.ONE_WAY -> FrameWriter.oneWay(out, 0, "e", Frames.FIXED);
      case WireFormat.REQUEST -> FrameWriter.request(out, 1, 0, "e", Frames.FIXED);
      default -> FrameWriter.reply(out, 1, Frames.FIXED);
    }
    FrameWriter.end(out, start, 0);
  }

  private static void chunk(ByteBuf out, int type, int size) {
    chunk(out, type, new byte[size], 0, size);
  }

  private static void chunk(ByteBuf out, int type, byte[] body, int offset, int size) {
    int start = FrameWriter.begin(out, type);
    FrameWriter.end(out, start, size);
    out.writeBytes(body, offset, size);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
