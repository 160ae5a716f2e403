// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The values of {@code java.util.concurrent.atomic}, as they are when they are read once. */
final class Atomics {

  private Atomics() {}

  static void register(FixedTable table) {
    table
        .add(
            90,
            AtomicInteger.class,
            (k, v) -> k.out().writeVarInt(v.get(), false),
            k -> new AtomicInteger(k.in().readVarInt(false)))
        .add(
            91,
            AtomicLong.class,
            (k, v) -> k.out().writeVarLong(v.get(), false),
            k -> new AtomicLong(k.in().readVarLong(false)))
        .add(
            92,
            AtomicBoolean.class,
            (k, v) -> k.out().writeBoolean(v.get()),
            k -> new AtomicBoolean(k.in().readBoolean()))
        .add(97, LongAdder.class, (k, v) -> k.out().writeVarLong(v.sum(), false), Atomics::adder)
        .add(98, DoubleAdder.class, (k, v) -> k.out().writeDouble(v.sum()), Atomics::doubleAdder);
    references(table);
    table
        .add(94, AtomicIntegerArray.class, Atomics::writeInts, Atomics::readInts)
        .add(95, AtomicLongArray.class, Atomics::writeLongs, Atomics::readLongs);
  }

  private static void references(FixedTable table) {
    table
        .add(93, AtomicReference.class, Atomics::writeReference, Atomics::readReference)
        .add(
            96,
            AtomicReferenceArray.class,
            Atomics::writeReferences,
            k -> new AtomicReferenceArray<>(Elements.readArray(k)));
  }

  private static LongAdder adder(WireKryo kryo) {
    LongAdder adder = new LongAdder();
    adder.add(kryo.in().readVarLong(false));
    return adder;
  }

  private static DoubleAdder doubleAdder(WireKryo kryo) {
    DoubleAdder adder = new DoubleAdder();
    adder.add(kryo.in().readDouble());
    return adder;
  }

  private static void writeReference(WireKryo kryo, AtomicReference<?> value) {
    try {
      kryo.write(value.get());
    } catch (Throwable t) {
      throw WireFailure.at(AtomicReference.class, ".value", t);
    }
  }

  private static AtomicReference<@Nullable Object> readReference(WireKryo kryo) {
    return new AtomicReference<>(kryo.read());
  }

  private static void writeReferences(WireKryo kryo, AtomicReferenceArray<?> value) {
    @Nullable Object[] elements = new @Nullable Object[value.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value.get(i);
    }
    Elements.write(kryo, elements);
  }

  private static void writeInts(WireKryo kryo, AtomicIntegerArray value) {
    int[] elements = new int[value.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value.get(i);
    }
    PrimitiveArrays.writeInts(kryo, elements);
  }

  private static AtomicIntegerArray readInts(WireKryo kryo) {
    return new AtomicIntegerArray(PrimitiveArrays.readInts(kryo));
  }

  private static void writeLongs(WireKryo kryo, AtomicLongArray value) {
    long[] elements = new long[value.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = value.get(i);
    }
    PrimitiveArrays.writeLongs(kryo, elements);
  }

  private static AtomicLongArray readLongs(WireKryo kryo) {
    return new AtomicLongArray(PrimitiveArrays.readLongs(kryo));
  }
}
