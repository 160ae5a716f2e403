// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads elements and entries, with their place in the path. */
final class Elements {

  private Elements() {}

  static void write(WireKryo kryo, @Nullable Object[] elements) {
    kryo.out().writeLength(elements.length);
    int i = 0;
    try {
      for (; i < elements.length; i++) {
        kryo.write(elements[i]);
      }
    } catch (Throwable t) {
      throw WireFailure.at(elements.getClass(), "[" + i + "]", t);
    }
  }

  static void write(WireKryo kryo, Collection<?> elements) {
    int size = elements.size();
    kryo.out().writeLength(size);
    int i = 0;
    try {
      for (Object element : elements) {
        kryo.write(element);
        i++;
      }
    } catch (Throwable t) {
      throw WireFailure.at(elements.getClass(), "[" + i + "]", t);
    }
    checkSize(elements.getClass(), size, i);
  }

  /** Writes what others may be changing: of one moment, or at least as many as announced. */
  static void writeSnapshot(WireKryo kryo, Collection<?> elements) {
    write(kryo, elements.toArray());
  }

  static <C extends Collection<Object>> C read(WireKryo kryo, int size, C target) {
    int i = 0;
    try {
      for (; i < size; i++) {
        add(target, kryo.read());
      }
    } catch (Throwable t) {
      throw WireFailure.at(target.getClass(), "[" + i + "]", t);
    }
    return target;
  }

  @SuppressWarnings("NullAway") // elements are as the sender had them
  private static void add(Collection<Object> target, @Nullable Object element) {
    target.add(element);
  }

  static @Nullable Object[] readArray(WireKryo kryo) {
    int size = kryo.in().readLength();
    @Nullable Object[] elements = new @Nullable Object[size];
    int i = 0;
    try {
      for (; i < size; i++) {
        elements[i] = kryo.read();
      }
    } catch (Throwable t) {
      throw WireFailure.at(Object[].class, "[" + i + "]", t);
    }
    return elements;
  }

  static void write(WireKryo kryo, Map<?, ?> map) {
    int size = map.size();
    kryo.out().writeLength(size);
    int i = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      writeEntry(kryo, entry, map.getClass(), i++);
    }
    checkSize(map.getClass(), size, i);
  }

  @SuppressWarnings("unchecked")
  static void writeSnapshot(WireKryo kryo, Map<?, ?> map) {
    Object[] entries = map.entrySet().toArray();
    kryo.out().writeLength(entries.length);
    int i = 0;
    for (Object entry : entries) {
      writeEntry(kryo, (Map.Entry<Object, Object>) entry, map.getClass(), i++);
    }
  }

  private static void writeEntry(WireKryo kryo, Map.Entry<?, ?> entry, Class<?> owner, int i) {
    try {
      kryo.write(entry.getKey());
    } catch (Throwable t) {
      throw WireFailure.at(owner, "[key " + i + "]", t);
    }
    try {
      kryo.write(entry.getValue());
    } catch (Throwable t) {
      throw WireFailure.at(owner, "[" + label(entry.getKey(), i) + "]", t);
    }
  }

  /** Names an entry by a key that is safe to print. */
  private static String label(@Nullable Object key, int i) {
    return key instanceof String || key instanceof Number || key instanceof Enum<?>
        ? String.valueOf(key)
        : "value " + i;
  }

  @SuppressWarnings("NullAway") // keys and values are as the sender had them
  static <M extends Map<Object, Object>> M read(WireKryo kryo, int size, M target) {
    int i = 0;
    try {
      for (; i < size; i++) {
        Object key = kryo.read();
        target.put(key, kryo.read());
      }
    } catch (Throwable t) {
      throw WireFailure.at(target.getClass(), "[" + i + "]", t);
    }
    return target;
  }

  private static void checkSize(Class<?> type, int announced, int written) {
    if (announced != written) {
      throw WireFailure.of(type, "was changed while it was encoded");
    }
  }
}
