// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageClass;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the table of fixed values; unchanging once done. */
final class FixedTable {

  private final @Nullable WireClass[] byId = new @Nullable WireClass[MessageClass.FIRST_ID];
  private Map<Class<?>, WireClass> byClass = new HashMap<>();

  /** Adds a kind of value that is written for one class. */
  <T> FixedTable add(int id, Class<T> type, Codec.Writer<? super T> w, Codec.Reader<T> r) {
    return add(id, type, Codec.<T>of(w, r));
  }

  /** Adds a kind of value that is written for one class. */
  FixedTable add(int id, Class<?> type, Codec<?> codec) {
    if (byId[id] != null || byClass.containsKey(type)) {
      throw new IllegalStateException("id: " + id + " for " + type + " (expected: unused)");
    }
    WireClass fixed = WireClass.fixed(id, type, codec);
    byId[id] = fixed;
    byClass.put(type, fixed);
    return this;
  }

  /** Adds a kind of value under the classes of examples, which are private to the JDK. */
  FixedTable addLike(int id, Codec<?> codec, Object... examples) {
    add(id, examples[0].getClass(), codec);
    for (Object example : examples) {
      byClass.putIfAbsent(example.getClass(), known(id));
    }
    return this;
  }

  private WireClass known(int id) {
    WireClass known = byId[id];
    if (known == null) {
      throw new IllegalStateException("id: " + id + " (expected: used)");
    }
    return known;
  }

  FixedTable done() {
    byClass = Map.copyOf(byClass);
    return this;
  }

  @Nullable WireClass byId(int id) {
    return byId[id];
  }

  Map<Class<?>, WireClass> byClass() {
    return byClass;
  }

  Map<Integer, String> names() {
    Map<Integer, String> names = new TreeMap<>();
    for (WireClass type : byId) {
      if (type != null) {
        names.put(type.messageClass().id(), type.name());
      }
    }
    return names;
  }
}
