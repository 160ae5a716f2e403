// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.internal.queue.ByteBudget;
import org.junit.jupiter.api.Test;

/** Promise 13: bytes of one read, taken in blocks. */
class ReadCreditTest {

  private static final long MAX = 4096 * 100;

  private final ByteBudget budget = new ByteBudget(MAX);
  private final ReadCredit credit = new ReadCredit(budget);

  @Test
  void smallMessagesShareABlockAndTheRestOfItGoesBack() {
    assertThat(credit.tryTake(60)).isTrue();
    assertThat(credit.tryTake(40)).isTrue();
    assertThat(budget.held()).isEqualTo(100);
    assertThat(credit.tryTake(1)).isTrue();
    assertThat(budget.held()).isEqualTo(200);
    credit.end();
    assertThat(budget.held()).isEqualTo(101);
    credit.end();
    assertThat(budget.held()).as("once").isEqualTo(101);
  }

  @Test
  void aBlockThatDoesNotFitAnyMoreRefusesNoMessageThatDoes() {
    assertThat(budget.tryTake(MAX - 10)).isTrue();
    assertThat(credit.tryTake(11)).isFalse();
    assertThat(credit.tryTake(10)).isTrue();
    credit.end();
    assertThat(budget.held()).isEqualTo(MAX);
  }

  @Test
  void whatIsLeftOfABlockCountsForAMessageThatNeedsMore() {
    assertThat(budget.tryTake(MAX - 110)).isTrue();
    assertThat(credit.tryTake(60)).isTrue();
    assertThat(credit.tryTake(51)).isFalse();
    assertThat(credit.tryTake(50)).isTrue();
    credit.end();
    assertThat(budget.held()).isEqualTo(MAX);
  }

  @Test
  void theLargestMessageFitsBesideNothingButItsOwnCredit() {
    assertThat(credit.tryTake(1)).isTrue();
    budget.giveBack(1); // it was decoded
    assertThat(credit.tryTake(2 * MAX)).isTrue();
    assertThat(credit.tryTake(200)).isFalse();
    credit.end();
    assertThat(budget.held()).isEqualTo(2 * MAX);
  }

  @Test
  void aBlockIsASmallPartOfTheBudget() {
    ByteBudget large = new ByteBudget(1L << 40);
    ReadCredit ofLarge = new ReadCredit(large);
    assertThat(ofLarge.tryTake(1)).isTrue();
    assertThat(large.held()).isEqualTo(64 * 1024);
  }
}
