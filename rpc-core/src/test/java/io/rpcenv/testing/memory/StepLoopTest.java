// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop that tests step. */
@Timeout(10)
class StepLoopTest {

  private final StepLoop loop = new StepLoop();
  private final List<String> ran = new ArrayList<>();

  @Test
  void nothingRunsBeforeItIsStepped() {
    loop.execute(() -> ran.add("a"));
    loop.execute(() -> ran.add("b"));
    assertThat(ran).isEmpty();
    assertThat(loop.pending()).isEqualTo(2);
    assertThat(loop.step()).isTrue();
    assertThat(ran).containsExactly("a");
    loop.runUntilIdle();
    assertThat(ran).containsExactly("a", "b");
    assertThat(loop.step()).isFalse();
  }

  @Test
  void theClockMovesOnlyWhenToldAndTasksSeeTheirOwnTime() {
    long begin = loop.nanoTime();
    loop.schedule(() -> ran.add("late " + (loop.nanoTime() - begin)), 30);
    loop.schedule(() -> ran.add("early " + (loop.nanoTime() - begin)), 10);
    loop.runUntilIdle();
    assertThat(ran).isEmpty();
    loop.advance(Duration.ofNanos(29));
    assertThat(ran).containsExactly("early 10");
    loop.advance(Duration.ofNanos(1));
    assertThat(ran).containsExactly("early 10", "late 30");
    assertThat(loop.pending()).isZero();
  }

  @Test
  void inLoopIsTrueOnlyInsideAStep() {
    assertThat(loop.inLoop()).isFalse();
    loop.run(() -> ran.add("in loop " + loop.inLoop()));
    assertThat(ran).containsExactly("in loop true");
    assertThat(loop.inLoop()).isFalse();
  }
}
