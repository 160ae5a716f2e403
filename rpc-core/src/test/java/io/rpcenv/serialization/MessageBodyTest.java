// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageBodyTest {

  private final byte[] bytes = {1, 2, 3, 4, 5, 6};
  private final AtomicInteger released = new AtomicInteger();

  private MessageBody body(ByteBuffer... segments) {
    int size = List.of(segments).stream().mapToInt(ByteBuffer::remaining).sum();
    return MessageBody.ofSegments(List.of(segments), size, released::incrementAndGet);
  }

  @Test
  void onePieceOfAnArrayIsGivenAsSuch() {
    MessageBody body = body(ByteBuffer.wrap(bytes, 1, 5).slice().position(1));

    assertThat(body.hasArray()).isTrue();
    assertThat(body.array()).isSameAs(bytes);
    assertThat(body.arrayOffset()).isEqualTo(2);
    assertThat(body.size()).isEqualTo(4);
    assertThat(body.segments()).containsExactly(ByteBuffer.wrap(bytes, 2, 4));
    body.release();
    assertThat(released).hasValue(1);
  }

  @Test
  void whatIsNoneHasNoArray() {
    ByteBuffer wrapped = ByteBuffer.wrap(bytes);
    for (MessageBody body :
        List.of(body(ByteBuffer.allocateDirect(4)), body(wrapped, wrapped), body())) {
      assertThat(body.hasArray()).isFalse();
      assertThatThrownBy(body::array)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("array (expected: hasArray)");
      assertThatThrownBy(body::arrayOffset).isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
