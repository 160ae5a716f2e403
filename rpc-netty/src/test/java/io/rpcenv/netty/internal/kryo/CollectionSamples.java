// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static io.rpcenv.netty.internal.kryo.JdkSamples.as;
import static io.rpcenv.netty.internal.kryo.JdkSamples.same;
import static io.rpcenv.netty.internal.kryo.JdkSamples.with;
import static io.rpcenv.netty.internal.kryo.JdkSamples.withAspects;

import io.rpcenv.netty.internal.kryo.JdkSamples.Color;
import io.rpcenv.netty.internal.kryo.JdkSamples.Sample;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Stream;

/** Collections of every public class, and what the JDK gives out without a public class. */
@SuppressWarnings({"JdkObsolete", "ModifiedButNotUsed", "IdentityHashMapUsage"})
final class CollectionSamples {

  private static final List<String> ABC = Arrays.asList("c", null, "a");
  private static final List<String> TEXTS = List.of("c", "B", "a");
  private static final Map<String, Integer> NUMBERS = new LinkedHashMap<>();

  static {
    NUMBERS.put("c", 3);
    NUMBERS.put("B", 2);
    NUMBERS.put("a", 1);
  }

  private CollectionSamples() {}

  static Stream<Sample> all() {
    return Stream.of(
            lists(),
            sortedOnes(),
            queues(),
            maps(),
            immutables(),
            enums(),
            collections(),
            sortedCollections(),
            views(),
            comparators())
        .flatMap(samples -> samples);
  }

  private static Stream<Sample> lists() {
    Stack<String> stack = new Stack<>();
    stack.addAll(ABC);
    Set<String> concurrent = ConcurrentHashMap.newKeySet();
    concurrent.addAll(TEXTS);
    return Stream.of(
            new ArrayList<>(ABC),
            new ArrayList<>(),
            new LinkedList<>(ABC),
            new Vector<>(ABC),
            stack,
            new CopyOnWriteArrayList<>(ABC),
            new HashSet<>(ABC),
            new LinkedHashSet<>(ABC),
            new CopyOnWriteArraySet<>(ABC),
            concurrent,
            new ArrayList<>(List.of(List.of(List.of(1)), Map.of("k", Set.of(2)))))
        .map(JdkSamples::same);
  }

  private static Stream<Sample> sortedOnes() {
    TreeSet<String> reverse = new TreeSet<>(Comparator.reverseOrder());
    reverse.addAll(TEXTS);
    TreeMap<String, Integer> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ignoringCase.putAll(NUMBERS);
    ConcurrentSkipListSet<String> skipSet =
        new ConcurrentSkipListSet<>(Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER));
    skipSet.addAll(TEXTS);
    return Stream.of(
        with(new TreeSet<>(TEXTS), TreeSet::comparator),
        with(reverse, TreeSet::comparator),
        with(ignoringCase, TreeMap::comparator),
        with(new TreeMap<>(NUMBERS), TreeMap::comparator),
        with(skipSet, set -> set.comparator().compare("a", "b")),
        with(new ConcurrentSkipListMap<>(NUMBERS), ConcurrentSkipListMap::comparator));
  }

  private static Stream<Sample> queues() {
    PriorityQueue<String> reverse = new PriorityQueue<>(Comparator.reverseOrder());
    reverse.addAll(TEXTS);
    PriorityBlockingQueue<String> blocking =
        new PriorityBlockingQueue<>(1, Comparator.reverseOrder());
    blocking.addAll(TEXTS);
    ArrayBlockingQueue<String> bounded = new ArrayBlockingQueue<>(5);
    bounded.addAll(TEXTS);
    LinkedBlockingQueue<String> linked = new LinkedBlockingQueue<>(4);
    linked.addAll(TEXTS);
    return Stream.of(
        same(new ArrayDeque<>(TEXTS)),
        same(new ConcurrentLinkedQueue<>(TEXTS)),
        same(new ConcurrentLinkedDeque<>(TEXTS)),
        with(linked, LinkedBlockingQueue::remainingCapacity),
        with(new LinkedBlockingQueue<>(TEXTS), LinkedBlockingQueue::remainingCapacity),
        with(new LinkedBlockingDeque<>(TEXTS), LinkedBlockingDeque::remainingCapacity),
        with(bounded, ArrayBlockingQueue::remainingCapacity),
        same(new LinkedTransferQueue<>(TEXTS)),
        same(new PriorityQueue<>(TEXTS)),
        with(reverse, PriorityQueue::comparator),
        with(blocking, PriorityBlockingQueue::comparator),
        same(new DelayQueue<>()),
        same(new SynchronousQueue<>()));
  }

  private static Stream<Sample> maps() {
    Properties properties = new Properties();
    properties.setProperty("key", "default");
    properties.setProperty("other", "also");
    Properties withDefaults = new Properties(properties);
    withDefaults.setProperty("key", "own");
    LinkedHashMap<String, Integer> byAccess = new LinkedHashMap<>(16, 0.75f, true);
    byAccess.putAll(NUMBERS);
    byAccess.get("c");
    Map<String, Integer> nulls = new HashMap<>();
    nulls.put(null, null);
    return Stream.of(
        same(new HashMap<>(NUMBERS)),
        same(nulls),
        same(new LinkedHashMap<>(NUMBERS)),
        same(byAccess),
        same(new IdentityHashMap<>(Map.of(Color.RED, 1))),
        same(new WeakHashMap<>(NUMBERS)),
        same(new Hashtable<>(NUMBERS)),
        same(new ConcurrentHashMap<>(NUMBERS)),
        same(properties),
        with(withDefaults, p -> p.getProperty("other"), Properties::stringPropertyNames));
  }

  private static Stream<Sample> immutables() {
    return Stream.of(
            List.of(),
            List.of(1),
            List.of(1, 2),
            List.of(1, 2, 3, 4),
            List.of(1, 2, 3, 4).subList(1, 3),
            List.copyOf(TEXTS),
            Set.of(),
            Set.of("a"),
            Set.of("a", "b"),
            Set.of("a", "b", "c"),
            Map.of(),
            Map.of("a", 1),
            Map.of("a", 1, "b", 2, "c", 3),
            Map.entry("a", 1),
            new AbstractMap.SimpleEntry<>("a", null),
            new AbstractMap.SimpleImmutableEntry<>(null, 1))
        .map(value -> withAspects(value, kind(value), CollectionSamples::isUnmodifiable));
  }

  private static Stream<Sample> enums() {
    EnumMap<Color, String> map = new EnumMap<>(Color.class);
    map.put(Color.GREEN, "g");
    map.put(Color.BLUE, null);
    return Stream.of(
        same(EnumSet.of(Color.GREEN, Color.BLUE)),
        same(EnumSet.allOf(Color.class)),
        with(EnumSet.noneOf(Color.class), EnumSet::complementOf),
        same(EnumSet.range(Character.UnicodeScript.ARABIC, Character.UnicodeScript.YI)),
        with(EnumSet.noneOf(Character.UnicodeScript.class), EnumSet::complementOf),
        same(map),
        with(new EnumMap<Color, String>(Color.class), EnumMap::size),
        same(EnumSet.copyOf(Set.of(java.time.DayOfWeek.MONDAY))));
  }

  private static Stream<Sample> collections() {
    return Stream.of(
            Collections.emptyList(),
            Collections.emptySet(),
            Collections.emptyMap(),
            Collections.emptySortedSet(),
            Collections.emptyNavigableMap(),
            Collections.singletonList(null),
            Collections.singleton("x"),
            Collections.singletonMap("k", null),
            Collections.nCopies(3, "x"),
            Collections.nCopies(0, "x"),
            Collections.unmodifiableCollection(ABC),
            Collections.unmodifiableList(new ArrayList<>(ABC)),
            Collections.unmodifiableList(new LinkedList<>(ABC)),
            Collections.unmodifiableSet(new LinkedHashSet<>(ABC)),
            Collections.unmodifiableMap(NUMBERS),
            Stream.of("a", null).toList(),
            Collections.synchronizedCollection(new ArrayList<>(ABC)),
            Collections.synchronizedList(new ArrayList<>(ABC)),
            Collections.synchronizedList(new LinkedList<>(ABC)),
            Collections.synchronizedSet(new LinkedHashSet<>(ABC)),
            Collections.synchronizedMap(new LinkedHashMap<>(NUMBERS)),
            Collections.asLifoQueue(new ArrayDeque<>(TEXTS)),
            Arrays.asList("a", null))
        .map(value -> withAspects(value, kind(value), CollectionSamples::isUnmodifiable));
  }

  private static Stream<Sample> sortedCollections() {
    TreeSet<String> set = new TreeSet<>(Comparator.reverseOrder());
    set.addAll(TEXTS);
    TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
    map.putAll(NUMBERS);
    return Stream.of(
            Collections.unmodifiableSortedSet(set),
            Collections.unmodifiableNavigableSet(set),
            Collections.unmodifiableSortedMap(map),
            Collections.unmodifiableNavigableMap(map),
            Collections.synchronizedSortedSet(set),
            Collections.synchronizedNavigableSet(set),
            Collections.synchronizedSortedMap(map),
            Collections.synchronizedNavigableMap(map))
        .map(value -> withAspects(value, value.getClass(), CollectionSamples::order));
  }

  private static Object order(Object sorted) {
    return sorted instanceof SortedSet<?> set
        ? set.comparator()
        : ((SortedMap<?, ?>) sorted).comparator();
  }

  private static Stream<Sample> views() {
    TreeMap<String, Integer> tree = new TreeMap<>(NUMBERS);
    LinkedList<String> linked = new LinkedList<>(ABC);
    return Stream.of(
        as(new ArrayList<>(ABC).subList(1, 3), List.class),
        as(linked.subList(0, 2), List.class),
        as(Arrays.asList(1, 2).subList(0, 1), List.class),
        as(NUMBERS.keySet(), Set.class),
        as(NUMBERS.values(), Collection.class),
        as(NUMBERS.entrySet(), Set.class),
        as(NUMBERS.entrySet().iterator().next(), Map.Entry.class),
        as(new ConcurrentHashMap<>(NUMBERS).keySet(), Set.class),
        as(new ConcurrentHashMap<>(NUMBERS).values(), Collection.class),
        as(tree.keySet(), SortedSet.class),
        as(tree.descendingKeySet(), SortedSet.class),
        as(tree.headMap("b"), SortedMap.class),
        as(tree.descendingMap(), SortedMap.class),
        as(new TreeSet<>(TEXTS).descendingSet(), SortedSet.class),
        as(new EnumMap<>(Map.of(Color.RED, 1)).keySet(), Set.class),
        as(Collections.checkedList(new ArrayList<>(ABC), String.class), List.class),
        as(Collections.checkedMap(NUMBERS, String.class, Integer.class), Map.class),
        as(Collections.checkedSortedSet(new TreeSet<>(TEXTS), String.class), SortedSet.class),
        as(Collections.checkedQueue(new LinkedList<>(ABC), String.class), LinkedList.class),
        as(Collections.newSetFromMap(new LinkedHashMap<>()), Set.class),
        as(Map.of("a", 1).keySet(), Set.class),
        as(Collections.unmodifiableMap(NUMBERS).entrySet(), Set.class),
        as(Collections.synchronizedMap(new HashMap<>(NUMBERS)).values(), Collection.class));
  }

  private static Stream<Sample> comparators() {
    return Stream.of(
            Comparator.naturalOrder(),
            Comparator.reverseOrder(),
            Collections.reverseOrder(),
            String.CASE_INSENSITIVE_ORDER)
        .map(JdkSamples::same);
  }

  private static Class<?> kind(Object value) {
    Class<?> type = value.getClass();
    if (type.getName().startsWith("java.util.Immutable")) {
      return value instanceof List ? List.class : value instanceof Set ? Set.class : Map.class;
    }
    return type.getName().contains("EmptyNavigable") || value instanceof Map.Entry
        ? Object.class
        : type;
  }

  /** An entry, a list, a set or a map that refuses to be changed. */
  @SuppressWarnings("unchecked")
  private static Object isUnmodifiable(Object value) {
    try {
      if (value instanceof Map.Entry<?, ?> entry) {
        ((Map.Entry<Object, Object>) entry).setValue(entry.getValue());
      } else if (value instanceof Map<?, ?> map) {
        map.clear();
      } else {
        ((Collection<Object>) value).clear();
      }
      return false;
    } catch (UnsupportedOperationException e) {
      return true;
    }
  }
}
