// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Views that the JDK's collections give out (sub-lists, key sets, values, ranges, checked ones) and
 * whose classes it hides. They arrive as plain collections of the same content and order.
 */
final class Views {

  private Views() {}

  /** Returns the class that a view is written as, empty for what is no view. */
  static Optional<Class<?>> of(Class<?> type) {
    if (Platform.isPublicApi(type) || !type.getName().startsWith("java.util.")) {
      return Optional.empty();
    }
    if (Map.class.isAssignableFrom(type)) {
      return Optional.of(is(type, SortedMap.class) ? TreeMap.class : LinkedHashMap.class);
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return Optional.of(AbstractMap.SimpleEntry.class);
    }
    return is(type, Collection.class) ? Optional.of(collection(type)) : Optional.empty();
  }

  private static Class<?> collection(Class<?> type) {
    if (is(type, SortedSet.class)) {
      return TreeSet.class;
    }
    if (is(type, Set.class)) {
      return LinkedHashSet.class;
    }
    return is(type, Queue.class) && !is(type, List.class) ? LinkedList.class : ArrayList.class;
  }

  private static boolean is(Class<?> type, Class<?> kind) {
    return kind.isAssignableFrom(type);
  }
}
