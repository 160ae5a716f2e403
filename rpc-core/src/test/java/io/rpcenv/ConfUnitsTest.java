// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ConfUnitsTest {

  @ParameterizedTest
  @CsvSource({
    "1b, 1",
    "1k, 1024",
    "1kb, 1024",
    "1m, 1048576",
    "1mb, 1048576",
    "128, 134217728",
    "1g, 1073741824",
    "1GB, 1073741824",
    "2T, 2199023255552",
    "1tb, 1099511627776",
    "1 m, 1048576",
    "0, 0",
    "-1k, -1024",
    "9223372036854775807b, 9223372036854775807",
    "8388607t, 9223370937343148032",
  })
  void sizesAreBinaryAndABareOneIsMebibytes(String text, long bytes) {
    assertThat(ConfUnits.parseBytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "1ns, 1", "1us, 1000", "1ms, 1000000", "1s, 1000000000", "120, 120000000000",
    "1m, 60000000000", "1MIN, 60000000000", "1h, 3600000000000", "1d, 86400000000000", "0, 0",
    "-1, -1000000000", "9223372036854775807ns, 9223372036854775807",
  })
  void durationsHaveUnitsAndABareOneIsSeconds(String text, long nanos) {
    assertThat(ConfUnits.parseDuration(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "m", "1.5m", "1 2", "1kib", "0x10", "1m1s", "--1", "1e3", "١", "8388608t"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> ConfUnits.parseBytes(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "1.5s", "1 2", "1w", "1b", "9223372036854775808ns", "106752d", "1m1s"})
  void otherDurationsAreRefused(String text) {
    assertThatThrownBy(() -> ConfUnits.parseDuration(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0b", "1, 1b", "1025, 1025b", "262144, 256k", "134217728, 128m"})
  void sizesAreWrittenInTheLargestWholeUnit(long bytes, String text) {
    assertThat(ConfUnits.formatBytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT2M, 120s",
    "PT0S, 0s",
    "PT0.5S, 500ms",
    "PT-1.5S, -1500ms",
    "PT0.0000015S, 1500ns",
    "PT0.000002S, 2us",
    "PT9223372036854775807.5S, 9223372036854775807500ms",
  })
  void durationsAreWrittenInSecondsOrSmaller(Duration duration, String text) {
    assertThat(ConfUnits.formatDuration(duration)).isEqualTo(text);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(28);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      number = random.nextBoolean() ? number : number / 1_000_000 * 1_000_000;
      assertThat(ConfUnits.parseBytes(ConfUnits.formatBytes(number))).isEqualTo(number);
      Duration duration = Duration.ofNanos(number);
      assertThat(ConfUnits.parseDuration(ConfUnits.formatDuration(duration))).isEqualTo(duration);
    }
  }
}
