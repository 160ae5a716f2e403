// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that are no collections, and all samples together. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "UnnecessaryStringBuilder"})
final class JdkSamples {

  private JdkSamples() {}

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green";
      }
    },
    BLUE
  }

  /**
   * A value and what it arrives as.
   *
   * @param aspects what equality does not show
   */
  record Sample(
      String name, Object value, Class<?> arrivesAs, List<Function<Object, Object>> aspects) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Sample same(Object value) {
    return as(value, value.getClass());
  }

  static Sample as(Object value, Class<?> type) {
    return new Sample(value.getClass().getName() + " " + text(value), value, type, List.of());
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static <T> Sample with(T value, Function<? super T, Object>... aspects) {
    return withAspects(value, value.getClass(), aspects);
  }

  @SafeVarargs
  @SuppressWarnings({"unchecked", "varargs"})
  static <T> Sample withAspects(
      T value, Class<?> arrivesAs, Function<? super T, Object>... aspects) {
    List<Function<Object, Object>> all =
        Stream.of(aspects).map(a -> (Function<Object, Object>) (Object) a).toList();
    return new Sample(value.getClass().getName() + " " + text(value), value, arrivesAs, all);
  }

  private static String text(Object value) {
    String text = value.toString();
    return text.length() > 40 ? text.substring(0, 40) : text;
  }

  static Stream<Sample> all() {
    return Stream.of(
            basics(),
            arrays(),
            numbersAndNames(),
            times(),
            atomics(),
            throwables(),
            addresses(),
            CollectionSamples.all())
        .flatMap(samples -> samples);
  }

  private static Stream<Sample> basics() {
    return Stream.of(
            true,
            (byte) -1,
            'x',
            '\u20ac',
            (short) -300,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            0,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1.5f,
            Float.NaN,
            -0.0,
            Double.MIN_VALUE,
            "",
            "a",
            "plain text",
            "caf\u00e9 \u20ac \ud83d\ude00 \ud800",
            "x".repeat(33),
            "y".repeat(100_000),
            "\u20ac".repeat(70_000),
            "z".repeat(65_536),
            Color.RED,
            Color.GREEN,
            TimeUnit.SECONDS,
            RoundingMode.HALF_UP,
            new StringBuilder("built"),
            new StringBuffer("buffered"))
        .map(JdkSamples::same);
  }

  private static Stream<Sample> arrays() {
    return Stream.of(
            new boolean[] {true, false},
            new byte[] {1, -1},
            new byte[200_000],
            new char[] {'a', '\uffff'},
            new short[] {1, -1},
            new int[] {1, -1, Integer.MIN_VALUE},
            new int[50_000],
            new long[] {1, Long.MIN_VALUE},
            new float[] {1, Float.NaN},
            new double[] {1, -0.0},
            new int[0],
            new int[][] {{1, 2}, {}, null},
            new long[][][] {{{1}}, {}},
            new Object[] {1, "two", null, new Object[] {3}},
            new String[] {"a", null, ""},
            new String[][] {{"a"}, null},
            new Color[] {Color.BLUE, null},
            new Color[][] {{Color.GREEN}},
            new Number[] {1, 2.0},
            new Duration[] {Duration.ZERO},
            new List<?>[] {List.of(1), null},
            new Object[0][0])
        .map(JdkSamples::same);
  }

  private static Stream<Sample> numbersAndNames() {
    return Stream.of(
        same(new UUID(1, -2)),
        same(BigInteger.TEN.pow(50).negate()),
        same(BigInteger.ZERO),
        same(new BigDecimal("-123456789012345678901234567890.123450")),
        same(new BigDecimal(BigInteger.ONE, -5)),
        same(Optional.empty()),
        same(Optional.of("x")),
        same(Optional.of(Optional.of(1))),
        same(OptionalInt.empty()),
        same(OptionalInt.of(-1)),
        same(OptionalLong.of(Long.MIN_VALUE)),
        same(OptionalLong.empty()),
        same(OptionalDouble.of(Double.NaN)),
        same(OptionalDouble.empty()),
        same(URI.create("http://user@example.invalid:80/a%20b?c#d")),
        same(url()),
        same(Locale.ROOT),
        same(Locale.GERMANY),
        same(Locale.forLanguageTag("zh-Hant-TW-u-ca-roc")),
        same(new Locale("ja", "JP", "JP")),
        same(new Locale("en", "US", "Some_odd_variant")),
        with(Pattern.compile("a+b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL), Pattern::flags),
        same(Currency.getInstance("EUR")),
        same(new BitSet()),
        same(BitSet.valueOf(new long[] {5, 1L << 63})),
        same(new Date(123_456_789_012L)));
  }

  private static URL url() {
    try {
      return new URL("http://example.invalid:8080/path?q=1#ref");
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Sample> times() {
    LocalDateTime local = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_999);
    return Stream.of(
            Duration.ofSeconds(-1, 5),
            Period.of(1, -2, 3),
            Instant.MIN,
            Instant.MAX,
            Instant.ofEpochSecond(-1, 1),
            LocalDate.MIN,
            LocalDate.of(2024, 2, 29),
            LocalTime.MAX,
            LocalTime.MIDNIGHT,
            local,
            LocalDateTime.MAX,
            OffsetDateTime.of(local, ZoneOffset.ofHoursMinutesSeconds(-3, -30, -15)),
            OffsetTime.of(LocalTime.NOON, ZoneOffset.MAX),
            ZonedDateTime.of(local, ZoneId.of("Europe/Berlin")),
            ZonedDateTime.ofLocal(
                LocalDateTime.of(2024, 10, 27, 2, 30),
                ZoneId.of("Europe/Berlin"),
                ZoneOffset.ofHours(1)),
            ZonedDateTime.of(local, ZoneOffset.UTC),
            ZoneOffset.UTC,
            ZoneOffset.ofHours(5),
            ZoneId.of("America/New_York"),
            ZoneId.of("UTC+2"),
            Year.of(-44),
            YearMonth.of(2024, 2),
            MonthDay.of(2, 29),
            DayOfWeek.FRIDAY,
            Month.MARCH,
            ChronoUnit.DECADES,
            HijrahDate.of(1445, 8, 19),
            JapaneseDate.of(2024, 2, 29),
            MinguoDate.of(113, 2, 29),
            ThaiBuddhistDate.of(2567, 2, 28))
        .map(JdkSamples::same);
  }

  private static Stream<Sample> atomics() {
    LongAdder longs = new LongAdder();
    longs.add(7);
    DoubleAdder doubles = new DoubleAdder();
    doubles.add(1.5);
    return Stream.of(
            new AtomicInteger(-7),
            new AtomicLong(Long.MAX_VALUE),
            new AtomicBoolean(true),
            new AtomicReference<>(List.of("x")),
            new AtomicReference<>(),
            new AtomicIntegerArray(new int[] {1, 2}),
            new AtomicLongArray(new long[] {1, 2}),
            new AtomicReferenceArray<>(new Object[] {"a", null}),
            longs,
            doubles)
        .map(JdkSamples::same);
  }

  private static Stream<Sample> throwables() {
    IllegalStateException full = new IllegalStateException("outer", new IOException("inner"));
    full.addSuppressed(new UnsupportedOperationException());
    return Stream.of(
            full,
            new Exception(),
            new NullPointerException("npe"),
            new ExecutionException("failed", full),
            new UncheckedIOException("io", new IOException("disk")),
            new StackOverflowError(),
            new AssertionError("no"),
            new java.util.concurrent.TimeoutException("late"),
            new java.util.NoSuchElementException())
        .map(JdkSamples::same);
  }

  private static Stream<Sample> addresses() {
    try {
      InetAddress named = InetAddress.getByAddress("host.invalid", new byte[] {10, 0, 0, 1});
      InetAddress plain = InetAddress.getByAddress(new byte[] {10, 0, 0, 2});
      InetAddress six = InetAddress.getByAddress("six.invalid", new byte[16]);
      InetAddress scoped = java.net.Inet6Address.getByAddress(null, new byte[16], 3);
      return Stream.of(
          with(named, InetAddress::toString),
          with(plain, InetAddress::toString),
          with(six, InetAddress::toString),
          with(scoped, InetAddress::toString),
          with(new InetSocketAddress(named, 7077), InetSocketAddress::toString),
          with(new InetSocketAddress(plain, 0), InetSocketAddress::toString),
          with(
              InetSocketAddress.createUnresolved("nowhere.invalid", 65535),
              InetSocketAddress::toString));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
