// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key: default, range, zero, negative, Spark name (RPC-24, RPC-28, B13). */
@Timeout(10)
class RpcConfKeysTest {

  static Stream<RpcConfKey<?>> all() {
    return RpcConfKeys.all().stream();
  }

  private static RpcConfKey<?> key(String name) {
    return ConfNames.known(name).orElseThrow();
  }

  private static Object valueOf(String name, String text) {
    return RpcConf.builder().set(name, text).build().get(key(name));
  }

  @ParameterizedTest
  @CsvSource({
    "rpc.message.maxSize, 134217728",
    "rpc.numRetries, 3",
    "rpc.retry.wait, PT3S",
    "rpc.askTimeout, PT2M",
    "rpc.lookupTimeout, PT2M",
    "rpc.port.maxRetries, 16",
    "rpc.connect.timeout, PT10S",
    "rpc.handshake.timeout, PT10S",
    "rpc.shutdown.timeout, PT10S",
    "rpc.outbox.maxBytes, 268435456",
    "rpc.inbox.capacity, 100000",
    "rpc.inbound.maxBytes, 268435456",
    "rpc.chunk.size, 262144",
    "rpc.serializer.allow, []",
    "rpc.serializer.maxDepth, 256",
    "rpc.transport, auto",
    "rpc.dispatcher.maxSpareThreads, 64",
    "rpc.drop.warnInterval, PT1M",
    "rpc.poll.maxTime, PT0.0001S",
    "rpc.plugins, []",
  })
  void hasTheDefaultOfTheDesign(String name, String value) {
    assertThat(RpcConf.defaults().get(key(name))).hasToString(value);
  }

  @Test
  void threadsDependOnTheCores() {
    int cores = Runtime.getRuntime().availableProcessors();
    RpcConf conf = RpcConf.defaults();
    assertThat(conf.get(RpcConfKeys.DISPATCHER_THREADS)).isEqualTo(Math.max(2, cores));
    assertThat(conf.get(RpcConfKeys.IO_THREADS)).isEqualTo(Math.min(8, cores));
  }

  @ParameterizedTest
  @MethodSource("all")
  <T> void defaultsAreInRangeAndReadBack(RpcConfKey<T> key) {
    T value = key.defaultValue();
    assertThat(key.type().parse(key.type().format(value))).isEqualTo(value);
    assertThat(key.valueClass()).isAssignableFrom(value.getClass());
    assertThat(key.meaning()).isNotEmpty();
    assertThat(key.expected()).isNotEmpty();
    assertThat(RpcConf.builder().set(key, value).build().get(key)).isEqualTo(value);
  }

  /** The table has every constant of the class, once. */
  @Test
  void allAreListed() throws IllegalAccessException {
    for (var field : RpcConfKeys.class.getFields()) {
      assertThat(RpcConfKeys.all()).filteredOn(key -> same(key, field)).hasSize(1);
    }
    assertThat(RpcConfKeys.all()).hasSize(RpcConfKeys.class.getFields().length);
    assertThat(RpcConfKeys.all()).extracting(RpcConfKey::name).doesNotHaveDuplicates();
  }

  private static boolean same(RpcConfKey<?> key, java.lang.reflect.Field field) {
    try {
      return field.get(null).equals(key);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** RPC-28: the keys that Spark has, too. */
  @ParameterizedTest
  @CsvSource({
    "rpc.message.maxSize, spark.rpc.message.maxSize, 64m",
    "rpc.numRetries, spark.rpc.numRetries, 7",
    "rpc.retry.wait, spark.rpc.retry.wait, 5s",
    "rpc.askTimeout, spark.rpc.askTimeout, 5s",
    "rpc.lookupTimeout, spark.rpc.lookupTimeout, 5s",
    "rpc.netty.dispatcher.numThreads, spark.rpc.netty.dispatcher.numThreads, 5",
    "rpc.io.threads, spark.rpc.io.threads, 5",
    "rpc.port.maxRetries, spark.port.maxRetries, 5",
  })
  void isAcceptedUnderSparksName(String name, String alias, String text) {
    RpcConf conf = RpcConf.builder().set(alias, text).build();
    assertThat(conf.get(key(name))).isEqualTo(valueOf(name, text));
    assertThat(conf.origin(key(name)).key()).isEqualTo(alias);
    assertThat(key(alias)).isSameAs(key(name));
  }

  @Test
  void noOtherKeyHasASparkName() {
    assertThat(all().filter(key -> key.alias().isPresent())).hasSize(8);
    assertThat(RpcConf.builder().set("spark.rpc.connect.timeout", "1s").build())
        .extracting(conf -> conf.get(RpcConfKeys.CONNECT_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(10));
  }

  /** B13: zero is settled for each duration, and a negative one is never taken. */
  @ParameterizedTest
  @CsvSource({
    "rpc.retry.wait, true",
    "rpc.askTimeout, false",
    "rpc.lookupTimeout, false",
    "rpc.connect.timeout, false",
    "rpc.handshake.timeout, false",
    "rpc.shutdown.timeout, true",
    "rpc.drop.warnInterval, true",
  })
  void durationsSettleZeroAndRefuseNegatives(String name, boolean zeroAllowed) {
    if (zeroAllowed) {
      assertThat(valueOf(name, "0")).isEqualTo(Duration.ZERO);
    } else {
      assertRefused(name, "0");
      assertRefused(name, "0ms");
    }
    assertThat(valueOf(name, "1ns")).isEqualTo(Duration.ofNanos(1));
    assertThat(valueOf(name, "2")).isEqualTo(Duration.ofSeconds(2));
    assertThat(valueOf(name, " 106751d ")).isEqualTo(Duration.ofDays(106_751));
    assertRefused(name, "-1");
    assertRefused(name, "-1ns");
    assertRefused(name, "106752d");
    assertRefused(name, "1.5s");
    assertRefused(name, "");
  }

  @Test
  void theTestsNameEveryDuration() {
    assertThat(all().filter(key -> key.valueClass() == Duration.class)).hasSize(8);
  }

  @Test
  void theTimeToPollIsShort() {
    assertThat(valueOf("rpc.poll.maxTime", "0")).isEqualTo(Duration.ZERO);
    assertThat(valueOf("rpc.poll.maxTime", "10ms")).isEqualTo(Duration.ofMillis(10));
    assertRefused("rpc.poll.maxTime", "-1ns");
    assertRefused("rpc.poll.maxTime", "10000001ns");
    assertThatThrownBy(() -> valueOf("rpc.poll.maxTime", "1s"))
        .hasMessageStartingWith(
            "rpc.poll.maxTime: 1s (expected: a duration 0..10ms, with unit us, ms, s, min, h or d)");
  }

  @ParameterizedTest
  @CsvSource({
    "rpc.message.maxSize, 1b, 2047m, 0, 2147483648b",
    "rpc.numRetries, 0, 2147483647, -1, 2147483648",
    "rpc.netty.dispatcher.numThreads, 1, 32767, 0, 32768",
    "rpc.io.threads, 1, 32767, 0, 32768",
    "rpc.port.maxRetries, 0, 65535, -1, 65536",
    "rpc.outbox.maxBytes, 1b, 9223372036854775807b, 0b, 9223372036854775808b",
    "rpc.inbox.capacity, 1, 2147483647, 0, 2147483648",
    "rpc.inbound.maxBytes, 1b, 9223372036854775807b, 0b, 9223372036854775808b",
    "rpc.chunk.size, 4k, 1m, 4095b, 1048577b",
    "rpc.serializer.maxDepth, 1, 10000, 0, 10001",
    "rpc.dispatcher.maxSpareThreads, 0, 32767, -1, 32768",
  })
  void numbersHaveARange(String name, String least, String most, String below, String above) {
    assertThat(valueOf(name, least)).isInstanceOf(Number.class);
    assertThat(valueOf(name, most)).isInstanceOf(Number.class);
    assertRefused(name, below);
    assertRefused(name, above);
    assertRefused(name, "-1");
    assertRefused(name, "many");
    assertRefused(name, "");
  }

  @Test
  void theTestsNameEveryNumber() {
    assertThat(all().filter(key -> Number.class.isAssignableFrom(key.valueClass()))).hasSize(11);
  }

  /** RPC-24 */
  @Test
  void aBareMessageSizeIsMebibytes() {
    assertThat(valueOf("rpc.message.maxSize", "2")).isEqualTo(2L << 20);
    assertThat(valueOf("rpc.message.maxSize", "2047")).isEqualTo(2047L << 20);
    assertRefused("rpc.message.maxSize", "2048");
    assertRefused("rpc.message.maxSize", "9223372036854775807");
  }

  @Test
  void theTransportIsOneOfThree() {
    assertThat(valueOf("rpc.transport", " EPOLL ")).isEqualTo("epoll");
    assertThat(valueOf("rpc.transport", "nio")).isEqualTo("nio");
    assertRefused("rpc.transport", "");
    assertRefused("rpc.transport", "kqueue");
  }

  @Test
  void theAllowListHasClassNamesAndPackages() {
    assertThat(valueOf("rpc.serializer.allow", "com.acme.Job, com.acme.*,, org.x.** ,A$B"))
        .isEqualTo(List.of("com.acme.Job", "com.acme.*", "org.x.**", "A$B"));
    for (String bad :
        List.of("*", "**", "com..acme", "com.*.Job", "com.acme.", "1a", "a b", ".*")) {
      assertRefused("rpc.serializer.allow", bad);
    }
  }

  private static void assertRefused(String name, String text) {
    assertThatThrownBy(() -> valueOf(name, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s: %s (expected: %s), from builder".formatted(name, text, key(name).expected()));
  }
}
