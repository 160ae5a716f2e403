// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Valid bytes with seeded mutations. Whatever they are, the readers take them or refuse them, and
 * hold no more than has come and one segment.
 */
@Timeout(120)
class CodecFuzzTest {

  private static final int ROUNDS = 20_000;
  private static final long SEED = 20260101;
  private static final int OVERHEAD = 80 * 1024;

  @Test
  void framesAreTakenOrRefused() {
    List<String> frames = new ArrayList<>(Frames.connection().values());
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      ByteBuf bytes = Unpooled.buffer();
      frames.forEach(hex -> bytes.writeBytes(Frames.bytes(hex)));
      mutate(bytes, random);
      int size = bytes.readableBytes();
      FrameLog log = new FrameLog();
      try {
        log.read(bytes, 1 + random.nextInt(40));
      } catch (ProtocolViolation expected) {
        refused++;
      } catch (RuntimeException | AssertionError fault) {
        fail("seed " + (SEED + round), fault);
      }
      assertThat(log.held()).as("seed " + (SEED + round)).isLessThan(size + OVERHEAD);
      log.reader.close();
      assertThat(log.held()).as("seed " + (SEED + round)).isZero();
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  @Test
  void handshakesAreTakenOrRefused() {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      ByteBuf bytes = Unpooled.buffer();
      Frames.handshake().values().forEach(hex -> bytes.writeBytes(Frames.bytes(hex)));
      mutate(bytes, random);
      HandshakeReader reader = new HandshakeReader();
      try {
        HandshakeFrame frame = reader.read(bytes);
        while (frame != null) {
          frame = reader.read(bytes);
        }
      } catch (ProtocolViolation expected) {
        refused++;
      } catch (RuntimeException | AssertionError fault) {
        fail("seed " + (SEED + round), fault);
      }
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  private static void mutate(ByteBuf bytes, Random random) {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(bytes.writerIndex());
      switch (random.nextInt(4)) {
        case 0 -> bytes.setByte(at, random.nextInt(256));
        case 1 -> bytes.setByte(at, bytes.getByte(at) ^ (1 << random.nextInt(8)));
        case 2 -> bytes.setByte(at, random.nextBoolean() ? 0 : 0xFF);
        default -> bytes.writerIndex(Math.max(1, at));
      }
    }
  }
}
