// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RPC-26: the frames of a connection for a file, however they are cut. */
@Timeout(20)
class StreamFrameReaderTest {

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder data = new StringBuilder();

  private final StreamFrameReader reader =
      new StreamFrameReader(
          new StreamFrameReader.Handler() {
            @Override
            public void open(String path) {
              lines.add("open " + path);
            }

            @Override
            public void begin(long length) {
              lines.add("begin " + length);
            }

            @Override
            public void data(ByteBuf bytes) {
              data.append(ByteBufUtil.hexDump(bytes));
            }

            @Override
            public void end() {
              lines.add("end");
            }

            @Override
            public void error(int code, String text) {
              lines.add("error " + code + " " + text);
            }
          });

  private void read(String hex, int pieces) throws ProtocolViolation {
    ByteBuf bytes = Frames.bytes(hex);
    while (bytes.isReadable()) {
      reader.read(bytes.readSlice(Math.min(pieces, bytes.readableBytes())));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void everyFrameIsReadHoweverItIsCut(int pieces) throws Exception {
    read(String.join("", Frames.stream().values()), pieces);
    assertThat(lines)
        .containsExactly(
            "open /files/größe 1", "begin 3", "begin 5368709120", "end", "error 1 no such file");
    assertThat(data).hasToString("aabbcc");
  }

  @Test
  void unknownFramesThatMayBeSkippedAreSkipped() throws Exception {
    read(Frames.connection().get("unknown, skippable") + "000000025300", 5);
    assertThat(lines).containsExactly("end");
  }

  @Test
  void aLineBreakDoesNotGetIntoATextForTheLog() throws Exception {
    read(Frames.hex(out -> StreamFrameWriter.error(out, 2, "a\nb")), 100);
    assertThat(lines).containsExactly("error 2 a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000012000", // shorter than type and flags
        "00110001520000", // longer than any frame
        "000000025200", // no bytes of a file
        "001000035200", // one byte too many
        "000000025301", // flags
        "00000003530000", // a field too many
        "0000000550000161ff", // the same of STREAM_OPEN
        "00000004510003ff", // of STREAM_BEGIN
        "000000065400010161ff", // of STREAM_ERROR
        "000000025100", // a field too few
        "000040015000", // a short frame that is not short
        "0000000520000000ff", // of another purpose
        "00000006500005616263", // a string that ends outside
      })
  void whatIsNotAllowedIsAViolation(String hex) {
    assertThatThrownBy(() -> read(hex, 1000)).isInstanceOf(ProtocolViolation.class);
    assertThat(lines).isEmpty();
    assertThat(data).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000035200", // as little of a file as a frame may have
        "001000025200", // as much of it
        "00110000f000", // the longest frame that may be skipped
        "000040005000", // the longest short frame
      })
  void aFrameMayBeAsLongAsItsLimit(String header) throws Exception {
    read(header, 1000);
    assertThat(lines).isEmpty();
  }

  @Test
  void aFrameOutOfOrderIsToldInTheWordsOfWhoFoundIt() {
    assertThat(StreamFrameReader.violation("begun twice")).hasMessage("begun twice");
  }

  @Test
  void whatTheOtherSideNeverSendsIsAViolation() {
    Frames.stream()
        .forEach(
            (name, hex) ->
                assertThatThrownBy(() -> strict().read(Unpooled.copiedBuffer(Frames.bytes(hex))))
                    .as(name)
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining(name.split(" ", 2)[0]));
  }

  private static StreamFrameReader strict() {
    return new StreamFrameReader(new StreamFrameReader.Handler() {});
  }
}
