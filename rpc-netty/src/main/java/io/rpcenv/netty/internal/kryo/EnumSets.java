// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.EnumMap;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Sets and maps over the constants of an enum, which they know even when they are empty. A constant
 * stands for the enum on the wire.
 */
@SuppressWarnings("EnumOrdinal") // the shape guards it
final class EnumSets {

  private EnumSets() {}

  /** An enum of more than 64 constants has another kind of set. */
  private enum Small {
    ONE
  }

  static Object[] examples() {
    return new Object[] {
      EnumSet.noneOf(Small.class), EnumSet.noneOf(Character.UnicodeScript.class)
    };
  }

  static void write(WireKryo kryo, EnumSet<?> set) {
    EnumSet<?> nonEmpty = set.isEmpty() ? EnumSet.complementOf(set) : set;
    if (nonEmpty.isEmpty()) {
      throw WireFailure.of(EnumSet.class, "of an enum without constants");
    }
    kryo.write(nonEmpty.iterator().next());
    kryo.out().writeLength(set.size());
    for (Enum<?> constant : set) {
      kryo.out().writeLength(constant.ordinal());
    }
  }

  static EnumSet<?> read(WireKryo kryo) {
    return readOf(kryo, EnumSets.<Small>asEnum(readType(kryo)));
  }

  private static <E extends Enum<E>> EnumSet<E> readOf(WireKryo kryo, Class<E> type) {
    E[] constants = type.getEnumConstants();
    EnumSet<E> set = EnumSet.noneOf(type);
    int size = kryo.in().readLength();
    for (int i = 0; i < size; i++) {
      int ordinal = kryo.in().readVarInt(true);
      if (ordinal < 0 || ordinal >= constants.length) {
        throw WireFailure.of(type, "has no constant number " + ordinal);
      }
      set.add(constants[ordinal]);
    }
    return set;
  }

  /** Names the type of an enum that nobody knows before it is read. */
  @SuppressWarnings("unchecked")
  private static <E extends Enum<E>> Class<E> asEnum(Class<?> type) {
    return (Class<E>) type;
  }

  static void writeMap(WireKryo kryo, EnumMap<?, ?> map) {
    Class<?> type =
        map.isEmpty() ? EnumKeyType.of(map) : map.keySet().iterator().next().getDeclaringClass();
    Object[] constants = type.getEnumConstants();
    if (constants.length == 0) {
      throw WireFailure.of(EnumMap.class, "of an enum without constants");
    }
    kryo.write(constants[0]);
    Elements.write(kryo, map);
  }

  static EnumMap<?, ?> readMap(WireKryo kryo) {
    return readMapOf(kryo, EnumSets.<Small>asEnum(readType(kryo)));
  }

  private static <E extends Enum<E>> EnumMap<E, @Nullable Object> readMapOf(
      WireKryo kryo, Class<E> type) {
    EnumMap<E, @Nullable Object> map = new EnumMap<>(type);
    int size = kryo.in().readLength(2);
    for (int i = 0; i < size; i++) {
      map.put(type.cast(kryo.read()), kryo.read());
    }
    return map;
  }

  private static Class<?> readType(WireKryo kryo) {
    @Nullable Object constant = kryo.read();
    if (constant instanceof Enum<?> known) {
      return known.getDeclaringClass();
    }
    throw WireFailure.malformed("no constant where one belongs");
  }
}
