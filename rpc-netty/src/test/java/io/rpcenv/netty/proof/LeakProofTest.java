// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Leaks a buffer and passes; the build must fail.
 *
 * <p>{@code mvn -pl rpc-netty -am test -Drpcenv.proof=leak}
 */
@Tag("proof-leak")
@Timeout(10)
class LeakProofTest {

  @Test
  void aLostBufferTurnsTheBuildRed() {
    assertThat(ByteBufAllocator.DEFAULT.buffer(16).capacity()).isEqualTo(16);
  }
}
