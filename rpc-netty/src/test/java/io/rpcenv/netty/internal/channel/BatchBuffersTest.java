// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchBuffersTest {

  private final BatchBuffers buffers = new BatchBuffers();

  private ByteBuf take() {
    return buffers.take(UnpooledByteBufAllocator.DEFAULT);
  }

  @Test
  void whatIsGivenBackIsUsedAgainFromItsBeginning() {
    ByteBuf first = take().writeLong(7);
    buffers.giveBack(first);
    ByteBuf second = take();
    assertThat(second).isSameAs(first);
    assertThat(second.writableBytes()).isEqualTo(BatchBuffers.SIZE);
    second.release();
  }

  @Test
  void whatTheChannelStillHasAPartOfIsNotUsedAgain() {
    ByteBuf first = take().writeLong(7);
    ByteBuf part = first.retainedSlice();
    buffers.giveBack(first);
    ByteBuf second = take();
    assertThat(second).isNotSameAs(first);
    assertThat(part.readLong()).isEqualTo(7);
    part.release();
    assertThat(first.refCnt()).isZero();
    second.release();
  }

  /** A connection that ends after its loop's threads gives its buffer back late. */
  @Test
  void nothingIsKeptAfterTheEnd() {
    ByteBuf kept = take();
    ByteBuf late = take();
    buffers.giveBack(kept);
    buffers.close();
    assertThat(kept.refCnt()).isZero();
    buffers.giveBack(late);
    assertThat(late.refCnt()).isZero();
  }
}
