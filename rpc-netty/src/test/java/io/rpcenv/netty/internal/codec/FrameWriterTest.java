// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FrameWriterTest {

  private static final int LENGTH = 2;

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "\u00E9", "\u20AC", "\uD83D\uDE00", "\uD83D"})
  void noStringIsLongerThanItsMaxSizeOrWhatAPeerTakes(String unit) {
    for (int count : new int[] {1, 2, 42, 43, 127, 128, 1365, 1366, 4096, 4097, 20_000}) {
      String text = unit.repeat(count);
      ByteBuf out = Unpooled.buffer();
      FrameWriter.string(out, text);
      assertThat(FrameWriter.maxSize(text))
          .as("%d chars", text.length())
          .isBetween(out.readableBytes(), WireFormat.MAX_NAME + 2 * LENGTH);
      assertThat(out.readableBytes()).isLessThanOrEqualTo(WireFormat.MAX_NAME + LENGTH);
    }
  }
}
