// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The kinds of values that configuration keys have. */
final class ConfTypes {

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,10}");
  private static final String JAVA_NAME =
      "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
  private static final Pattern CLASS_NAME = Pattern.compile(JAVA_NAME + "(\\." + JAVA_NAME + ")*");
  private static final Pattern CLASS_PATTERN = Pattern.compile(CLASS_NAME + "(\\.\\*{1,2})?");

  private ConfTypes() {}

  private record Type<T>(
      Class<?> valueClass,
      String expected,
      String unit,
      Function<String, T> reader,
      Predicate<T> range,
      Function<T, String> writer)
      implements ConfType<T> {

    @Override
    public T parse(String text) {
      T value = reader.apply(text.strip());
      if (!range.test(value)) {
        throw new IllegalArgumentException("out of range");
      }
      return value;
    }

    @Override
    public String format(T value) {
      return writer.apply(value);
    }
  }

  /** A whole number in a range. */
  static ConfType<Integer> count(int min, int max) {
    String range = max == Integer.MAX_VALUE ? min + " or more" : min + ".." + max;
    return new Type<>(
        Integer.class,
        "a whole number, " + range,
        "",
        ConfTypes::parseInt,
        n -> n >= min && n <= max,
        n -> Integer.toString(n));
  }

  /** A number of bytes from a smallest on. */
  static ConfType<Long> size(String min) {
    return size(ConfUnits.parseBytes(min), Long.MAX_VALUE, min + " or more");
  }

  /** A number of bytes in a range. */
  static ConfType<Long> size(String min, String max) {
    return size(ConfUnits.parseBytes(min), ConfUnits.parseBytes(max), min + ".." + max);
  }

  private static ConfType<Long> size(long min, long max, String range) {
    return new Type<>(
        Long.class,
        "a size, " + range + ", with unit b, k, m, g or t",
        "MiB",
        ConfUnits::parseBytes,
        n -> n >= min && n <= max,
        ConfUnits::formatBytes);
  }

  /** A duration that may be zero. */
  static ConfType<Duration> durationFromZero() {
    return duration("0 or more", d -> !d.isNegative());
  }

  /** A duration from zero to a longest. */
  static ConfType<Duration> durationUpTo(String max) {
    Duration longest = ConfUnits.parseDuration(max);
    return duration("0.." + max, d -> !d.isNegative() && d.compareTo(longest) <= 0);
  }

  /** A duration that must be positive. */
  static ConfType<Duration> durationAboveZero() {
    return duration("above 0", d -> !d.isNegative() && !d.isZero());
  }

  private static ConfType<Duration> duration(String range, Predicate<Duration> check) {
    return new Type<>(
        Duration.class,
        "a duration " + range + ", with unit us, ms, s, min, h or d",
        "seconds",
        ConfUnits::parseDuration,
        check,
        ConfUnits::formatDuration);
  }

  /** One of some words, in any case. */
  static ConfType<String> oneOf(String... words) {
    List<String> allowed = List.of(words);
    return new Type<>(
        String.class,
        "one of " + String.join(", ", allowed),
        "",
        text -> text.toLowerCase(Locale.ROOT),
        allowed::contains,
        Function.identity());
  }

  /** Class names separated by commas; {@code .*} ends a package, {@code .**} one and all below. */
  static ConfType<List<String>> classPatterns() {
    return classes("; p.* for a package, p.** for it and all below", CLASS_PATTERN);
  }

  /** Class names separated by commas. */
  static ConfType<List<String>> classNames() {
    return classes("", CLASS_NAME);
  }

  private static ConfType<List<String>> classes(String more, Pattern each) {
    return new Type<>(
        List.class,
        "class names separated by commas" + more,
        "",
        text ->
            Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList(),
        list -> list.stream().allMatch(p -> each.matcher(p).matches()),
        list -> String.join(",", list));
  }

  private static Integer parseInt(String text) {
    if (!INTEGER.matcher(text).matches()) {
      throw new IllegalArgumentException("not a whole number");
    }
    return Integer.parseInt(text);
  }
}
