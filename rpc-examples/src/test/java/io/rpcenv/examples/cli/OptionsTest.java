// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class OptionsTest {

  private static Options parse(String... args) throws CommandException {
    return Options.parse(List.of(args), Set.of("--to", "--time", "--at"), Set.of("--loud"));
  }

  @Test
  void readsValuesFlagsAndTheRest() throws CommandException {
    Options options = parse("sum", "--to", "-5", "--loud", "--at=[::1]:70", "file");

    assertThat(options.wholeNumber("--to", 0)).isEqualTo(-5);
    assertThat(options.has("--loud")).isTrue();
    assertThat(options.address("--at", RpcAddress.of("x", 1))).isEqualTo(RpcAddress.of("::1", 70));
    assertThat(options.rest()).containsExactly("sum", "file");
  }

  @Test
  void takesDefaultsForWhatIsNotGiven() throws CommandException {
    assertThat(parse().wholeNumber("--to", 3, 9, 4)).isEqualTo(4);
    assertThat(parse().duration("--time", Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(parse().text("--at")).isEmpty();
  }

  @Test
  void readsDurations() throws CommandException {
    assertThat(parse("--time", "500ms").duration("--time", Duration.ZERO)).hasMillis(500);
    assertThat(parse("--time", "3").duration("--time", Duration.ZERO)).hasSeconds(3);
    assertThat(parse("--time", "2m").duration("--time", Duration.ZERO)).hasMinutes(2);
  }

  @Test
  void readsSizesAndListsOfAddresses() throws CommandException {
    assertThat(parse("--to", "512m").mebibytes("--to", 1, 1)).isEqualTo(512);
    assertThat(parse("--to", "2g").mebibytes("--to", 1, 1)).isEqualTo(2048);
    assertThat(parse().mebibytes("--to", 1, 7)).isEqualTo(7);
    assertThat(parse("--at", "a:1, [::1]:2").addresses("--at", RpcAddress.of("x", 1)))
        .containsExactly(RpcAddress.of("a", 1), RpcAddress.of("::1", 2));
    assertThat(parse().addresses("--at", RpcAddress.of("x", 1)))
        .containsExactly(RpcAddress.of("x", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0m", "1", "m", "1k", "3000000g", "-1m"})
  void refusesSizesThatAreNone(String size) {
    assertThatThrownBy(() -> parse("--to", size).mebibytes("--to", 1, 1))
        .hasMessage("--to: " + size + " (expected: a size from 1m, such as 512m or 2g)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--to abc | --to: abc (expected: a whole number)",
        "--to 1.5 | --to: 1.5 (expected: a whole number)",
        "--to 1 --to 2 | --to: given twice (expected: once)",
        "--to | --to: nothing (expected: a value)",
        "--too 1 | --too (expected: one of --at, --loud, --time, --to)",
        "--to 10 | --to: 10 (expected: a whole number from 1 to 9)",
        "--time 0s | --time: 0s (expected: a time above zero, such as 500ms, 10s or 1m)",
        "--time soon | --time: soon (expected: a time above zero, such as 500ms, 10s or 1m)",
        "--at nowhere | --at: nowhere (expected: host:port, such as 127.0.0.1:7077)",
        "file | argument: file (expected: options only, see --help)",
      })
  void refusesBadArgumentsSayingWhatIsExpected(String args, String message) {
    assertThatThrownBy(
            () -> {
              Options options = parse(args.split(" ")).withoutRest();
              options.wholeNumber("--to", 1, 9, 1);
              options.duration("--time", Duration.ofSeconds(1));
              options.address("--at", RpcAddress.of("x", 1));
            })
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
  }

  @Test
  void aNumberBeyondLongSaysSo() {
    assertThatThrownBy(() -> parse("--to", "9223372036854775808").wholeNumber("--to", 0))
        .hasMessageContaining("a whole number from -9223372036854775808 to 9223372036854775807");
  }
}
