// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Promise 13: bounds, and the one message that always fits. */
class ByteBudgetTest {

  private final ByteBudget budget = new ByteBudget(100);

  @Test
  void oneMessageGrowsBeyondTheBoundIfItIsAlone() {
    assertThat(budget.tryGrow(0, 60)).isTrue();
    assertThat(budget.tryGrow(60, 60)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();
    assertThat(budget.tryGrow(120, 60)).isTrue();
    budget.giveBack(180);
    assertThat(budget.held()).isZero();
  }

  @Test
  void onlyAnEmptyBudgetCanBeClosed() {
    assertThat(budget.tryTake(1)).isTrue();
    assertThat(budget.close()).isFalse();
    assertThat(budget.isClosed()).isFalse();
    budget.giveBack(1);
    assertThat(budget.close()).isTrue();
    assertThat(budget.close()).as("still").isTrue();
    assertThat(budget.tryTake(1)).isFalse();
    assertThat(budget.held()).isZero();
  }

  @Test
  void besideOthersAMessageGrowsUpToTheBound() {
    assertThat(budget.tryTake(30)).isTrue();
    assertThat(budget.tryGrow(0, 60)).isTrue();
    assertThat(budget.tryGrow(60, 10)).isTrue();
    assertThat(budget.tryGrow(70, 1)).isFalse();
    assertThat(budget.held()).as("what is refused is not counted").isEqualTo(100);
    budget.giveBack(30);
    assertThat(budget.tryGrow(70, 500)).as("alone now").isTrue();
  }

  @Test
  void whatWasGivenBackMakesRoomHoweverOftenTheBoundWasReached() {
    for (int i = 0; i < 10; i++) {
      assertThat(budget.tryTake(100)).isTrue();
      assertThat(budget.tryTake(1)).isFalse();
      budget.giveBack(100);
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void whatWasGivenBackMakesRoomUpToTheBoundBesideOthers() {
    assertThat(budget.tryTake(60)).isTrue();
    assertThat(budget.tryTake(30)).isTrue();
    budget.giveBack(60);
    assertThat(budget.tryTake(71)).isFalse();
    assertThat(budget.tryTake(70)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();
    assertThat(budget.held()).isEqualTo(100);
  }

  @Test
  void nothingIsTakenFromAClosedBudgetAndItStaysClosed() {
    assertThat(budget.tryTake(70)).isTrue();
    budget.giveBack(70);
    assertThat(budget.close()).isTrue();
    budget.take(5);
    assertThat(budget.isClosed()).isTrue();
    assertThat(budget.tryGrow(5, 1)).isFalse();
    assertThat(budget.held()).isZero();
  }
}
