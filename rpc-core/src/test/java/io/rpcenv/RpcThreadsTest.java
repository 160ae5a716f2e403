// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users tell threads that envs share. */
@Timeout(20)
class RpcThreadsTest {

  @Test
  void haveANameAndAConfiguration() {
    RpcConf conf = RpcConf.builder().set(RpcConfKeys.DISPATCHER_THREADS, 3).build();
    try (RpcThreads threads = RpcThreads.create("told", conf)) {
      assertThat(threads.name()).isEqualTo("told");
      assertThat(threads.conf()).isSameAs(conf);
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .map(Thread::getName)
                  .filter(n -> n.startsWith("rpc-told-")))
          .containsExactlyInAnyOrder(
              "rpc-told-dispatcher-1",
              "rpc-told-dispatcher-2",
              "rpc-told-dispatcher-3",
              "rpc-told-timer-1");
    }
  }

  @Test
  void refuseWhatIsNoName() {
    assertThatThrownBy(() -> RpcThreads.create("a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: a b (expected: 1 to 64 letters, digits, '.', '_' or '-')");
    assertThatThrownBy(() -> RpcThreads.create(null))
        .hasMessage("name: null (expected: the name of threads)");
    assertThatThrownBy(() -> RpcThreads.create("a", null))
        .hasMessage("conf: null (expected: a configuration)");
    assertThatThrownBy(() -> RpcEnv.builder("a").threads(null))
        .hasMessage("threads: null (expected: threads to share)");
  }

  @Test
  void areMadeByUs() {
    RpcThreads foreign =
        new RpcThreads() {
          @Override
          public String name() {
            return "foreign";
          }

          @Override
          public RpcConf conf() {
            return RpcConf.defaults();
          }

          @Override
          public void close() {}

          @Override
          public String toString() {
            return "foreign";
          }
        };
    assertThatThrownBy(() -> RpcEnv.builder("a").threads(foreign).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: foreign (expected: made by RpcThreads.create)");
  }
}
