// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of sizes and durations: a whole number and a unit. */
final class ConfUnits {

  private static final Pattern NUMBER_UNIT = Pattern.compile("([+-]?\\d{1,30})\\s*([a-zA-Z]*)");

  private static final Map<String, Long> BYTES =
      Map.ofEntries(
          Map.entry("", 1L << 20),
          Map.entry("b", 1L),
          Map.entry("k", 1L << 10),
          Map.entry("kb", 1L << 10),
          Map.entry("m", 1L << 20),
          Map.entry("mb", 1L << 20),
          Map.entry("g", 1L << 30),
          Map.entry("gb", 1L << 30),
          Map.entry("t", 1L << 40),
          Map.entry("tb", 1L << 40));

  private static final Map<String, Long> NANOS =
      Map.ofEntries(
          Map.entry("ns", 1L),
          Map.entry("us", 1_000L),
          Map.entry("ms", 1_000_000L),
          Map.entry("", 1_000_000_000L),
          Map.entry("s", 1_000_000_000L),
          Map.entry("m", 60_000_000_000L),
          Map.entry("min", 60_000_000_000L),
          Map.entry("h", 3_600_000_000_000L),
          Map.entry("d", 86_400_000_000_000L));

  private ConfUnits() {}

  /** Reads a number of bytes; one without a unit is MiB. Fails above 2^63-1. */
  static long parseBytes(String text) {
    return parse(text, BYTES);
  }

  /** Reads a duration; one without a unit is seconds. Fails above 2^63-1 ns, about 292 years. */
  static Duration parseDuration(String text) {
    return Duration.ofNanos(parse(text, NANOS));
  }

  private static long parse(String text, Map<String, Long> units) {
    Matcher matcher = NUMBER_UNIT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a whole number with a unit");
    }
    Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      throw new IllegalArgumentException("unknown unit");
    }
    BigInteger value = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit));
    if (value.bitLength() > 63) {
      throw new IllegalArgumentException("too large");
    }
    return value.longValue();
  }

  /** Writes a number of bytes in the largest unit that divides it. */
  static String formatBytes(long bytes) {
    if (bytes == 0) {
      return "0b";
    }
    String[] names = {"b", "k", "m", "g", "t"};
    int power = Math.min(Long.numberOfTrailingZeros(bytes) / 10, names.length - 1);
    return (bytes >> (10 * power)) + names[power];
  }

  /** Writes a duration in seconds where it is whole, else in the largest smaller unit that is. */
  static String formatDuration(Duration duration) {
    if (duration.getNano() == 0) {
      return duration.toSeconds() + "s";
    }
    BigInteger nanos =
        BigInteger.valueOf(duration.getSeconds())
            .multiply(BigInteger.valueOf(1_000_000_000))
            .add(BigInteger.valueOf(duration.getNano()));
    if (duration.getNano() % 1_000_000 == 0) {
      return nanos.divide(BigInteger.valueOf(1_000_000)) + "ms";
    }
    return duration.getNano() % 1_000 == 0
        ? nanos.divide(BigInteger.valueOf(1_000)) + "us"
        : nanos + "ns";
  }
}
