// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists and sets. */
@SuppressWarnings("JdkObsolete") // obsolete or not, they are sent
final class Lists {

  static final int ARRAY_LIST = 38;
  static final int LINKED_HASH_SET = 45;

  private Lists() {}

  static void register(FixedTable table) {
    table
        .add(ARRAY_LIST, ArrayList.class, plain(ArrayList::new))
        .add(44, HashSet.class, plain(HashSet::new))
        .add(LINKED_HASH_SET, LinkedHashSet.class, plain(LinkedHashSet::new))
        .add(100, LinkedList.class, plain(n -> new LinkedList<>()))
        .add(102, Vector.class, shared(Vector::new))
        .add(103, Stack.class, shared(n -> new Stack<>()))
        .add(116, CopyOnWriteArrayList.class, fromArray(CopyOnWriteArrayList::new))
        .add(117, CopyOnWriteArraySet.class, fromArray(CopyOnWriteArraySet::new))
        .add(125, ConcurrentHashMap.KeySetView.class, shared(n -> ConcurrentHashMap.newKeySet()))
        .add(
            104,
            TreeSet.class,
            Codec.<SortedSet<?>>of(Lists::writeSorted, k -> readSorted(k, TreeSet::new)))
        .add(
            113,
            ConcurrentSkipListSet.class,
            Codec.<SortedSet<?>>of(
                Lists::writeSorted, k -> readSorted(k, ConcurrentSkipListSet::new)));
    immutable(table);
    table.addLike(126, Codec.<EnumSet<?>>of(EnumSets::write, EnumSets::read), EnumSets.examples());
  }

  private static void immutable(FixedTable table) {
    table
        .addLike(
            39,
            Codec.<Collection<?>>of(Elements::writeSnapshot, Lists::readImmutable),
            List.of(),
            List.of(1),
            List.of(1, 2, 3),
            List.of(1, 2, 3).subList(0, 2),
            Stream.of(1, 2, 3).toList())
        .addLike(
            40,
            Codec.<Collection<?>>of(
                Elements::writeSnapshot, k -> Arrays.asList(Elements.readArray(k))),
            Arrays.asList(1, 2))
        .addLike(
            46,
            Codec.<Collection<?>>of(Elements::writeSnapshot, k -> Set.of(Elements.readArray(k))),
            Set.of(),
            Set.of(1),
            Set.of(1, 2, 3));
  }

  /** A collection that one thread uses at a time. */
  static Codec<Collection<?>> plain(IntFunction<? extends Collection<Object>> maker) {
    return Codec.of((k, v) -> Elements.write(k, v), reader(maker));
  }

  /** A collection that may be changed while it is written. */
  static Codec<Collection<?>> shared(IntFunction<? extends Collection<Object>> maker) {
    return Codec.of(Elements::writeSnapshot, reader(maker));
  }

  private static Codec<Collection<?>> fromArray(Maker maker) {
    return Codec.of(Elements::writeSnapshot, k -> maker.make(Arrays.asList(Elements.readArray(k))));
  }

  @FunctionalInterface
  private interface Maker {
    Collection<?> make(Collection<@Nullable Object> elements);
  }

  private static Codec.Reader<Collection<?>> reader(
      IntFunction<? extends Collection<Object>> maker) {
    return kryo -> {
      int size = kryo.in().readLength();
      return Elements.read(kryo, size, maker.apply(size));
    };
  }

  /** Makes an empty sorted collection. */
  @FunctionalInterface
  interface SortedMaker<C> {
    C make(@Nullable Comparator<Object> order);
  }

  static void writeSorted(WireKryo kryo, SortedSet<?> set) {
    writeOrder(kryo, set.comparator());
    Elements.writeSnapshot(kryo, set);
  }

  static <C extends Collection<Object>> C readSorted(WireKryo kryo, SortedMaker<C> maker) {
    C target = maker.make(readOrder(kryo));
    return Elements.read(kryo, kryo.in().readLength(), target);
  }

  static void writeOrder(WireKryo kryo, @Nullable Comparator<?> order) {
    try {
      kryo.write(order);
    } catch (Throwable t) {
      throw WireFailure.at(Comparator.class, ".comparator", t);
    }
  }

  @SuppressWarnings("unchecked")
  static @Nullable Comparator<Object> readOrder(WireKryo kryo) {
    return (Comparator<Object>) kryo.read();
  }

  /**
   * As {@code List.of}, or as {@code Stream.toList}, which shares its class, if there are nulls.
   */
  private static List<?> readImmutable(WireKryo kryo) {
    @Nullable Object[] elements = Elements.readArray(kryo);
    return Arrays.stream(elements).allMatch(Objects::nonNull)
        ? List.of(elements)
        : Collections.unmodifiableList(Arrays.asList(elements));
  }
}
