// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pins the ids that both sides know: they are part of the wire format and never change. */
@Timeout(60)
class FixedIdsTest {

  @Test
  void fixedIdsNeverChange() throws IOException {
    try (InputStream pinned = getClass().getResourceAsStream("fixed-ids.txt")) {
      String expected =
          new String(Objects.requireNonNull(pinned).readAllBytes(), StandardCharsets.UTF_8);
      String actual =
          FixedTypes.names().keySet().stream()
              .map(id -> id + " " + label(id))
              .collect(Collectors.joining("\n", "", "\n"));

      assertThat(actual).isEqualTo(expected);
    }
  }

  /** The name, where it is public; the JDK may rename what it hides. */
  private static String label(int id) {
    Class<?> type = FixedTypes.byId(id).getType();
    boolean isPublic = !Platform.isPlatform(type) || type.isArray() || Platform.isPublicApi(type);
    return isPublic ? type.getTypeName() : "hidden";
  }

  @Test
  void whatTheJdkHidesKeepsItsIdToo() {
    Map<Integer, List<Object>> examples =
        Map.ofEntries(
            Map.entry(39, List.of(List.of(), List.of(1), List.of(1, 2, 3))),
            Map.entry(40, List.of(Arrays.asList(1))),
            Map.entry(43, List.of(Map.of(), Map.of(1, 1), Map.of(1, 1, 2, 2))),
            Map.entry(46, List.of(Set.of(), Set.of(1), Set.of(1, 2, 3))),
            Map.entry(80, List.of(ZoneId.of("Europe/Berlin"))),
            Map.entry(126, List.of(EnumSet.noneOf(RetentionPolicy.class))),
            Map.entry(130, List.of(Collections.emptyList())),
            Map.entry(131, List.of(Collections.emptySet())),
            Map.entry(132, List.of(Collections.emptyMap())),
            Map.entry(133, List.of(Collections.singletonList(1))),
            Map.entry(134, List.of(Collections.singleton(1))),
            Map.entry(135, List.of(Collections.singletonMap(1, 1))),
            Map.entry(136, List.of(Collections.nCopies(2, 1))),
            Map.entry(137, List.of(Collections.unmodifiableCollection(new HashSet<>()))),
            Map.entry(138, List.of(Collections.unmodifiableList(new ArrayList<>()))),
            Map.entry(140, List.of(Collections.unmodifiableSet(new HashSet<>()))),
            Map.entry(143, List.of(Collections.unmodifiableMap(new HashMap<>()))),
            Map.entry(150, List.of(Collections.synchronizedCollection(new HashSet<>()))),
            Map.entry(151, List.of(Collections.synchronizedList(new ArrayList<>()))),
            Map.entry(153, List.of(Collections.synchronizedSet(new HashSet<>()))),
            Map.entry(156, List.of(Collections.synchronizedMap(new HashMap<>()))),
            Map.entry(160, List.of(Collections.asLifoQueue(new ArrayDeque<>()))),
            Map.entry(161, List.of(Comparator.naturalOrder())),
            Map.entry(162, List.of(Comparator.reverseOrder())),
            Map.entry(163, List.of(String.CASE_INSENSITIVE_ORDER)),
            Map.entry(165, List.of(Map.entry(1, 1))));

    examples.forEach(
        (id, values) ->
            assertThat(values)
                .allSatisfy(
                    value ->
                        assertThat(FixedTypes.of(value.getClass()))
                            .get()
                            .extracting(type -> type.messageClass().id())
                            .isEqualTo(id)));
  }
}
