// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "'', abc, 3",
    "abc, abd, 1",
    "abc, ab, 1",
    "abc, abcd, 1",
    "abc, acb, 1",
    "abc, bca, 2",
    "ca, abc, 3",
    "kitten, sitting, 3",
    "timeuot, timeout, 1",
  })
  void countsSlips(String a, String b, int slips) {
    assertThat(EditDistance.between(a, b)).isEqualTo(slips);
    assertThat(EditDistance.between(b, a)).isEqualTo(slips);
  }
}
