// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.AbstractMap;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Maps and their entries. */
@SuppressWarnings("JdkObsolete") // obsolete or not, they are sent
final class Maps {

  static final int LINKED_HASH_MAP = 42;
  static final int SIMPLE_ENTRY = 166;

  /** Beyond this a map grows as its entries come. */
  private static final int MAX_INITIAL = 1 << 16;

  private Maps() {}

  static void register(FixedTable table) {
    table
        .add(41, HashMap.class, plain(n -> new HashMap<>(capacity(n))))
        .add(LINKED_HASH_MAP, LinkedHashMap.class, plain(n -> new LinkedHashMap<>(capacity(n))))
        .add(107, IdentityHashMap.class, plain(n -> new IdentityHashMap<>()))
        .add(108, WeakHashMap.class, shared(n -> new WeakHashMap<>()))
        .add(109, Hashtable.class, shared(n -> new Hashtable<>()))
        .add(110, Properties.class, Maps::writeProperties, Maps::readProperties)
        .add(111, ConcurrentHashMap.class, shared(n -> new ConcurrentHashMap<>()))
        .add(
            105,
            TreeMap.class,
            Codec.<SortedMap<?, ?>>of(Maps::writeSorted, k -> readSorted(k, TreeMap::new)))
        .add(
            112,
            ConcurrentSkipListMap.class,
            Codec.<SortedMap<?, ?>>of(
                Maps::writeSorted, k -> readSorted(k, ConcurrentSkipListMap::new)))
        .add(127, EnumMap.class, Codec.<EnumMap<?, ?>>of(EnumSets::writeMap, EnumSets::readMap))
        .addLike(
            43,
            Codec.<Map<?, ?>>of(Elements::write, Maps::readImmutable),
            Map.of(),
            Map.of(1, 1),
            Map.of(1, 1, 2, 2));
    entries(table);
  }

  private static void entries(FixedTable table) {
    table
        .addLike(
            165,
            Codec.<Map.Entry<?, ?>>of(
                Maps::writeEntry, k -> Map.entry(notNull(k.read()), notNull(k.read()))),
            Map.entry(1, 1))
        .add(
            SIMPLE_ENTRY,
            AbstractMap.SimpleEntry.class,
            Codec.<Map.Entry<?, ?>>of(
                Maps::writeEntry, k -> new AbstractMap.SimpleEntry<>(k.read(), k.read())))
        .add(
            167,
            AbstractMap.SimpleImmutableEntry.class,
            Codec.<Map.Entry<?, ?>>of(
                Maps::writeEntry, k -> new AbstractMap.SimpleImmutableEntry<>(k.read(), k.read())));
  }

  private static Codec<Map<?, ?>> plain(IntFunction<? extends Map<Object, Object>> maker) {
    return Codec.of(Elements::write, reader(maker));
  }

  private static Codec<Map<?, ?>> shared(IntFunction<? extends Map<Object, Object>> maker) {
    return Codec.of(Elements::writeSnapshot, reader(maker));
  }

  private static Codec.Reader<Map<?, ?>> reader(IntFunction<? extends Map<Object, Object>> maker) {
    return kryo -> {
      int size = kryo.in().readLength(2);
      return Elements.read(kryo, size, maker.apply(size));
    };
  }

  private static int capacity(int size) {
    return (int) (Math.min(size, MAX_INITIAL) / 0.75f + 1);
  }

  static void writeSorted(WireKryo kryo, SortedMap<?, ?> map) {
    Lists.writeOrder(kryo, map.comparator());
    Elements.writeSnapshot(kryo, map);
  }

  static <M extends Map<Object, Object>> M readSorted(WireKryo kryo, Lists.SortedMaker<M> maker) {
    M target = maker.make(Lists.readOrder(kryo));
    return Elements.read(kryo, kryo.in().readLength(2), target);
  }

  static Map<Object, Object> readLinked(WireKryo kryo) {
    int size = kryo.in().readLength(2);
    return Elements.read(kryo, size, new LinkedHashMap<>(capacity(size)));
  }

  private static Map<?, ?> readImmutable(WireKryo kryo) {
    return Map.copyOf(readLinked(kryo));
  }

  /** Writes the entries of its own, then those that it takes from its defaults. */
  private static void writeProperties(WireKryo kryo, Properties value) {
    Properties own = new Properties();
    own.putAll(value);
    Elements.writeSnapshot(kryo, own);
    Set<String> defaults = new TreeSet<>(value.stringPropertyNames());
    defaults.removeAll(own.keySet());
    kryo.out().writeLength(defaults.size());
    for (String name : defaults) {
      kryo.out().writeString(name);
      kryo.out().writeString(value.getProperty(name));
    }
  }

  private static Properties readProperties(WireKryo kryo) {
    Map<Object, Object> own = readLinked(kryo);
    int size = kryo.in().readLength(2);
    Properties defaults = new Properties();
    for (int i = 0; i < size; i++) {
      defaults.setProperty(Values.readText(kryo), Values.readText(kryo));
    }
    Properties value = size == 0 ? new Properties() : new Properties(defaults);
    value.putAll(own);
    return value;
  }

  private static void writeEntry(WireKryo kryo, Map.Entry<?, ?> entry) {
    try {
      kryo.write(entry.getKey());
      kryo.write(entry.getValue());
    } catch (Throwable t) {
      throw WireFailure.at(entry.getClass(), ".entry", t);
    }
  }

  private static Object notNull(@Nullable Object value) {
    if (value == null) {
      throw WireFailure.malformed("null where none belongs");
    }
    return value;
  }
}
