// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.Serializer;
import java.lang.reflect.Array;
import java.net.URL;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JDK values work without the user registering anything, on each JDK that this test runs on. */
@Timeout(60)
class JdkValuesTest {

  private static final Serializer SENDER = SerializerFixture.serializer(JdkSamples.Color.class);
  private static final Serializer RECEIVER = SerializerFixture.serializer(JdkSamples.Color.class);

  static Stream<JdkSamples.Sample> samples() {
    return JdkSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void arrivesEqualAndOfTheSameKind(JdkSamples.Sample sample) {
    Object back = SerializerFixture.roundTrip(SENDER, RECEIVER, sample.value());

    assertSame(sample, back);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void arrivesInsideAnArrayAndInPieces(JdkSamples.Sample sample) {
    EncodedMessage encoded =
        SerializerFixture.encode(SENDER, new Object[] {"before", sample.value(), "after"});
    PeerClasses classes = SerializerFixture.announce(SENDER, RECEIVER, encoded);
    byte[] bytes = SerializerFixture.bytes(encoded.body());
    encoded.body().release();

    Object[] back =
        (Object[])
            RECEIVER.decode(
                SerializerFixture.inPieces(bytes, 3), classes, SerializerFixture.NO_REFS);

    assertThat(back[0]).isEqualTo("before");
    assertThat(back[2]).isEqualTo("after");
    assertSame(sample, back[1]);
  }

  private static void assertSame(JdkSamples.Sample sample, Object back) {
    Object value = sample.value();
    assertThat(content(back)).isEqualTo(content(value));
    assertThat(back).isInstanceOf(sample.arrivesAs());
    if (value instanceof LinkedHashMap<?, ?> || value instanceof SortedMap<?, ?>) {
      assertThat(((Map<?, ?>) back).keySet().toArray())
          .isEqualTo(((Map<?, ?>) value).keySet().toArray());
    }
    for (Function<Object, Object> aspect : sample.aspects()) {
      assertThat(aspect.apply(back)).isEqualTo(aspect.apply(value));
    }
  }

  /** Makes comparable what knows no equality by content. */
  private static Object content(Object value) {
    if (value instanceof Map<?, ?> map && !(value instanceof EnumMap<?, ?>)) {
      return map.entrySet().stream()
          .map(e -> Arrays.asList(content(e.getKey()), content(e.getValue())))
          .collect(Collectors.toSet());
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return Arrays.asList(content(entry.getKey()), content(entry.getValue()));
    }
    if (value instanceof Collection<?> all) {
      Stream<Object> content = all.stream().map(JdkValuesTest::content);
      return isUnordered(all) ? content.collect(Collectors.toSet()) : content.toList();
    }
    if (value != null && value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(i -> content(Array.get(value, i)))
          .toList();
    }
    if (value instanceof Throwable t) {
      return Arrays.asList(
          t.getClass(),
          t.getMessage(),
          Arrays.asList(t.getStackTrace()),
          content(t.getCause()),
          content(t.getSuppressed()));
    }
    if (value instanceof AtomicReference<?> reference) {
      return content(reference.get());
    }
    return identityBased(value) ? value.getClass() + ":" + value : value;
  }

  private static boolean isUnordered(Collection<?> all) {
    return all.getClass() == HashSet.class
        || all.getClass().getName().contains("ImmutableCollections$Set");
  }

  private static boolean identityBased(Object value) {
    return value != null
        && (value instanceof Pattern
            || value instanceof CharSequence
            || value instanceof URL
            || value.getClass().getPackageName().equals(AtomicInteger.class.getPackageName()));
  }

  @Test
  void nullIsAMessage() {
    EncodedMessage encoded = SerializerFixture.encode(SENDER, null);

    assertThat(encoded.messageClass().name()).isEqualTo("null");
    assertThat(SerializerFixture.decode(SENDER, RECEIVER, encoded)).isNull();
  }
}
