// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EndpointOptionsTest {

  @Test
  void isSerialOnSharedThreadsByDefault() {
    assertThat(EndpointOptions.serial())
        .isEqualTo(new EndpointOptions(1, EndpointExecutor.SHARED, OptionalInt.empty()));
  }

  @Test
  void eachAxisIsSetByItself() {
    EndpointOptions options =
        EndpointOptions.serial()
            .withInboxCapacity(7)
            .withExecutor(EndpointExecutor.DEDICATED)
            .withParallelism(4);
    assertThat(options)
        .isEqualTo(new EndpointOptions(4, EndpointExecutor.DEDICATED, OptionalInt.of(7)));
    assertThat(EndpointOptions.serial().parallelism()).isEqualTo(1);
  }

  @Test
  void refusesNumbersBelowOne() {
    EndpointOptions serial = EndpointOptions.serial();
    assertThatThrownBy(() -> serial.withParallelism(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parallelism: 0 (expected: at least 1)");
    assertThatThrownBy(() -> serial.withInboxCapacity(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inboxCapacity: 0 (expected: at least 1)");
  }

  @Test
  void anEventLoopEndpointIsSerial() {
    EndpointOptions loop = EndpointOptions.serial().withExecutor(EndpointExecutor.EVENT_LOOP);
    assertThat(loop.withParallelism(1)).isEqualTo(loop);
    assertThatThrownBy(() -> loop.withParallelism(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parallelism: 2 (expected: 1 on executor EVENT_LOOP)");
    EndpointOptions two = EndpointOptions.serial().withParallelism(2);
    assertThatThrownBy(() -> two.withExecutor(EndpointExecutor.EVENT_LOOP))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
