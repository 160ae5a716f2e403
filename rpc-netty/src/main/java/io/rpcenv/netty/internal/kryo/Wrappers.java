// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What {@link Collections} makes. Wrappers arrive around a copy of what they wrap; a synchronized
 * one is copied under its lock. Checked ones arrive as {@link Views} do.
 */
@SuppressWarnings("JdkObsolete") // obsolete or not, they are sent
final class Wrappers {

  private Wrappers() {}

  static void register(FixedTable table) {
    constants(table);
    unmodifiableCollections(table);
    unmodifiableMaps(table);
    synchronizedCollections(table);
    synchronizedMaps(table);
    orders(table);
    table.addLike(
        160,
        Codec.<Collection<?>>of(
            Elements::writeSnapshot, k -> Collections.asLifoQueue(readAll(k, new LinkedList<>()))),
        Collections.asLifoQueue(new ArrayDeque<>()));
  }

  private static void constants(FixedTable table) {
    table
        .addLike(130, Codec.constant(Collections.emptyList()), Collections.emptyList())
        .addLike(131, Codec.constant(Collections.emptySet()), Collections.emptySet())
        .addLike(132, Codec.constant(Collections.emptyMap()), Collections.emptyMap())
        .addLike(
            133,
            Codec.<List<?>>of(
                (k, v) -> k.write(v.get(0)), k -> Collections.singletonList(k.read())),
            Collections.singletonList(1))
        .addLike(
            134,
            Codec.<Collection<?>>of(
                (k, v) -> k.write(v.iterator().next()), k -> Collections.singleton(k.read())),
            Collections.singleton(1))
        .addLike(
            135,
            Codec.<Map<?, ?>>of(
                (k, v) -> Elements.write(k, v),
                k -> {
                  Map.Entry<?, ?> only = Maps.readLinked(k).entrySet().iterator().next();
                  return Collections.singletonMap(only.getKey(), only.getValue());
                }),
            Collections.singletonMap(1, 1))
        .addLike(
            136,
            Codec.<List<?>>of(
                (k, v) -> {
                  k.out().writeLength(v.size());
                  k.write(v.isEmpty() ? null : v.get(0));
                },
                k -> Collections.nCopies(k.in().readVarInt(true), k.read())),
            Collections.nCopies(1, 1));
  }

  private static void unmodifiableCollections(FixedTable table) {
    Codec<Collection<?>> collection =
        copy(k -> Collections.unmodifiableCollection(readAll(k, new ArrayList<>())));
    table
        .addLike(137, collection, Collections.unmodifiableCollection(new ArrayList<>()))
        .addLike(
            138,
            copy(k -> Collections.unmodifiableList(readAll(k, new ArrayList<>()))),
            Collections.unmodifiableList(new ArrayList<>()))
        .addLike(
            139,
            copy(k -> Collections.unmodifiableList(readAll(k, new LinkedList<>()))),
            Collections.unmodifiableList(new LinkedList<>()))
        .addLike(
            140,
            copy(k -> Collections.unmodifiableSet(readAll(k, new LinkedHashSet<>()))),
            Collections.unmodifiableSet(new HashSet<>()))
        .addLike(
            141,
            sortedCopy(set -> Collections.unmodifiableSortedSet(set)),
            Collections.unmodifiableSortedSet(new TreeSet<>()))
        .addLike(
            142,
            sortedCopy(set -> Collections.unmodifiableNavigableSet(set)),
            Collections.unmodifiableNavigableSet(new TreeSet<>()),
            Collections.emptyNavigableSet());
  }

  private static void unmodifiableMaps(FixedTable table) {
    table
        .addLike(
            143,
            Codec.<Map<?, ?>>of(
                Elements::writeSnapshot, k -> Collections.unmodifiableMap(Maps.readLinked(k))),
            Collections.unmodifiableMap(new TreeMap<>()))
        .addLike(
            144,
            sortedMapCopy(map -> Collections.unmodifiableSortedMap(map)),
            Collections.unmodifiableSortedMap(new TreeMap<>()))
        .addLike(
            145,
            sortedMapCopy(map -> Collections.unmodifiableNavigableMap(map)),
            Collections.unmodifiableNavigableMap(new TreeMap<>()),
            Collections.emptyNavigableMap());
  }

  private static void synchronizedCollections(FixedTable table) {
    table
        .addLike(
            150,
            copy(k -> Collections.synchronizedCollection(readAll(k, new ArrayList<>()))),
            Collections.synchronizedCollection(new ArrayList<>()))
        .addLike(
            151,
            copy(k -> Collections.synchronizedList(readAll(k, new ArrayList<>()))),
            Collections.synchronizedList(new ArrayList<>()))
        .addLike(
            152,
            copy(k -> Collections.synchronizedList(readAll(k, new LinkedList<>()))),
            Collections.synchronizedList(new LinkedList<>()))
        .addLike(
            153,
            copy(k -> Collections.synchronizedSet(readAll(k, new LinkedHashSet<>()))),
            Collections.synchronizedSet(new HashSet<>()))
        .addLike(
            154,
            sortedCopy(set -> Collections.synchronizedSortedSet(set)),
            Collections.synchronizedSortedSet(new TreeSet<>()))
        .addLike(
            155,
            sortedCopy(set -> Collections.synchronizedNavigableSet(set)),
            Collections.synchronizedNavigableSet(new TreeSet<>()));
  }

  private static void synchronizedMaps(FixedTable table) {
    table
        .addLike(
            156,
            Codec.<Map<?, ?>>of(
                Elements::writeSnapshot, k -> Collections.synchronizedMap(Maps.readLinked(k))),
            Collections.synchronizedMap(new TreeMap<>()))
        .addLike(
            157,
            sortedMapCopy(map -> Collections.synchronizedSortedMap(map)),
            Collections.synchronizedSortedMap(new TreeMap<>()))
        .addLike(
            158,
            sortedMapCopy(map -> Collections.synchronizedNavigableMap(map)),
            Collections.synchronizedNavigableMap(new TreeMap<>()));
  }

  private static void orders(FixedTable table) {
    table
        .addLike(161, Codec.constant(Comparator.naturalOrder()), Comparator.naturalOrder())
        .addLike(162, Codec.constant(Comparator.reverseOrder()), Comparator.reverseOrder())
        .addLike(163, Codec.constant(String.CASE_INSENSITIVE_ORDER), String.CASE_INSENSITIVE_ORDER)
        .addLike(
            164,
            Codec.<Comparator<?>>of(
                (k, v) -> k.write(v.reversed()), k -> Collections.reverseOrder(Lists.readOrder(k))),
            Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER));
  }

  private static Codec<Collection<?>> copy(Codec.Reader<Collection<?>> reader) {
    return Codec.of(Elements::writeSnapshot, reader);
  }

  private static Codec<SortedSet<?>> sortedCopy(
      Function<NavigableSet<Object>, SortedSet<Object>> wrap) {
    return Codec.of(
        Lists::writeSorted, k -> wrap.apply(Lists.readSorted(k, order -> new TreeSet<>(order))));
  }

  private static Codec<SortedMap<?, ?>> sortedMapCopy(
      Function<NavigableMap<Object, Object>, SortedMap<Object, Object>> wrap) {
    return Codec.of(
        Maps::writeSorted, k -> wrap.apply(Maps.readSorted(k, order -> new TreeMap<>(order))));
  }

  private static <C extends Collection<Object>> C readAll(WireKryo kryo, C target) {
    return Elements.read(kryo, kryo.in().readLength(), target);
  }
}
