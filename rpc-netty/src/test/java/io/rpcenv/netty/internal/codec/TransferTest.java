// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a message in chunks keeps while it comes. */
class TransferTest {

  private static final int K = 1024;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private static Transfer transfer(int total) {
    return new Transfer(
        WireFormat.REQUEST, 1, "e", new MessageClass(MessageClass.FIRST_ID, "m.A", 7), total);
  }

  /** Returns a buffer of that capacity with so many bytes that tell where they belong. */
  private ByteBuf received(int capacity, int bytes) {
    ByteBuf in = Unpooled.directBuffer(capacity, capacity);
    for (int i = 0; i < bytes; i++) {
      int value = (sent.size() * 31 + 7) & 0xff;
      sent.write(value);
      in.writeByte(value);
    }
    return in;
  }

  private static void take(Transfer transfer, ByteBuf in) {
    transfer.take(in, in.readableBytes(), UnpooledByteBufAllocator.DEFAULT);
  }

  private void assertComplete(Transfer transfer) {
    MessageBody body = transfer.body();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer segment : body.segments()) {
      while (segment.hasRemaining()) {
        bytes.write(segment.get());
      }
    }
    assertThat(bytes.toByteArray()).isEqualTo(sent.toByteArray());
    assertThat(body.size()).isEqualTo(sent.size());
    body.release();
  }

  @Test
  void aLargePartStaysInTheBufferThatItCameInUntilTheBodyIsReleased() {
    Transfer transfer = transfer(18 * K);
    ByteBuf in = received(24 * K, 18 * K);
    take(transfer, in);
    assertThat(in.refCnt()).isEqualTo(2);
    in.release();
    assertThat(in.refCnt()).isEqualTo(1);
    assertComplete(transfer);
    assertThat(in.refCnt()).isZero();
  }

  @Test
  void aPartThatIsSmallOrSmallInItsBufferIsCopied() {
    Transfer transfer = transfer(16 * K - 1 + 48 * K - 1);
    ByteBuf small = received(16 * K, 16 * K - 1);
    take(transfer, small);
    assertThat(small.refCnt()).isEqualTo(1);
    ByteBuf sparse = received(64 * K, 48 * K - 1);
    take(transfer, sparse);
    assertThat(sparse.refCnt()).isEqualTo(1);
    assertComplete(transfer);
    small.release();
    sparse.release();
  }

  @Test
  void aPartOfTheLeastSizeIsKept() {
    Transfer transfer = transfer(16 * K);
    ByteBuf in = received(16 * K, 16 * K);
    take(transfer, in);
    assertThat(in.refCnt()).isEqualTo(2);
    in.release();
    assertComplete(transfer);
  }

  @Test
  void keptAndCopiedPartsStayInTheirOrder() {
    Transfer transfer = transfer(66 * K + 3);
    for (int bytes : new int[] {1, 32 * K, 2, 2 * K, 32 * K}) {
      ByteBuf in = received(32 * K, bytes);
      take(transfer, in);
      in.release();
    }
    assertThat(transfer.missing()).isZero();
    assertComplete(transfer);
  }

  @Test
  void whatIsRefusedLetsGoOfTheBuffersThatWereKept() {
    Transfer transfer = transfer(100 * K);
    ByteBuf in = received(32 * K, 32 * K);
    take(transfer, in);
    in.release();
    transfer.refuse();
    assertThat(in.refCnt()).isZero();
    transfer.release(); // the connection ends
    assertThat(in.refCnt()).isZero();
  }
}
