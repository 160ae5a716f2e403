// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.testing.Jvm;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual threads, found at run time or said to be missing. */
@Timeout(20)
class VirtualThreadsTest {

  @Test
  void areAskedOfAJvmThatHasThem() {
    assertThatThrownBy(() -> VirtualThreads.requireRelease(17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("executor: VIRTUAL (expected: Java 21 or later, this is 17)");
    assertThatThrownBy(() -> VirtualThreads.requireRelease(20)).hasMessageEndingWith("this is 20)");
    assertThatCode(() -> VirtualThreads.requireRelease(21)).doesNotThrowAnyException();
  }

  /** On a JVM without them the call says so; nothing is skipped. */
  @Test
  void areVirtualNumberedAndInheritNothing() throws Exception {
    if (!Jvm.hasVirtualThreads()) {
      assertThatThrownBy(() -> VirtualThreads.factory("rpc-x-e-"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("this is " + Runtime.version().feature());
      return;
    }
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("inherited");
    ThreadFactory threads = VirtualThreads.factory("rpc-x-e-");
    String[] seen = {"nothing"};
    Thread first = threads.newThread(() -> seen[0] = String.valueOf(local.get()));
    Thread second = threads.newThread(() -> {});
    first.start();
    first.join();
    assertThat(seen).containsExactly("null");
    assertThat(first.getName()).isEqualTo("rpc-x-e-1");
    assertThat(second.getName()).isEqualTo("rpc-x-e-2");
    assertThat(Jvm.isVirtual(first)).isTrue();
    assertThat(VirtualThreads.factory("rpc-x-f-").newThread(() -> {}).getName())
        .isEqualTo("rpc-x-f-1");
  }
}
