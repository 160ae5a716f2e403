// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import org.jspecify.annotations.Nullable;

/**
 * PrimitiveArrays of primitives, which go without a class for each element, and the two common
 * others.
 */
final class PrimitiveArrays {

  private PrimitiveArrays() {}

  static void register(FixedTable table) {
    table
        .add(
            26,
            boolean[].class,
            PrimitiveArrays::writeBooleans,
            array(1, (k, n) -> k.in().readBooleans(n)))
        .add(27, byte[].class, PrimitiveArrays::writeBytes, PrimitiveArrays::readBytes)
        .add(28, char[].class, PrimitiveArrays::writeChars, array(2, (k, n) -> k.in().readChars(n)))
        .add(
            29,
            short[].class,
            PrimitiveArrays::writeShorts,
            array(2, (k, n) -> k.in().readShorts(n)))
        .add(30, int[].class, PrimitiveArrays::writeInts, PrimitiveArrays::readInts)
        .add(31, long[].class, PrimitiveArrays::writeLongs, PrimitiveArrays::readLongs)
        .add(
            32,
            float[].class,
            PrimitiveArrays::writeFloats,
            array(4, (k, n) -> k.in().readFloats(n)))
        .add(
            33,
            double[].class,
            PrimitiveArrays::writeDoubles,
            array(8, (k, n) -> k.in().readDoubles(n)))
        .add(34, Object[].class, new ArrayCodec(Object.class))
        .add(35, String[].class, PrimitiveArrays::writeStrings, PrimitiveArrays::readStrings);
  }

  /** Reads the content of a length that the bytes are there for. */
  @FunctionalInterface
  private interface Content<T> {
    T read(WireKryo kryo, int length);
  }

  private static <T> Codec.Reader<T> array(int bytes, Content<T> content) {
    return kryo -> content.read(kryo, kryo.in().readLength(bytes));
  }

  private static void writeBooleans(WireKryo kryo, boolean[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeBooleans(value, 0, value.length);
  }

  static void writeBytes(WireKryo kryo, byte[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeBytes(value, 0, value.length);
  }

  static byte[] readBytes(WireKryo kryo) {
    return kryo.in().readBytes(kryo.in().readLength());
  }

  private static void writeChars(WireKryo kryo, char[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeChars(value, 0, value.length);
  }

  private static void writeShorts(WireKryo kryo, short[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeShorts(value, 0, value.length);
  }

  static void writeInts(WireKryo kryo, int[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeInts(value, 0, value.length);
  }

  static int[] readInts(WireKryo kryo) {
    return kryo.in().readInts(kryo.in().readLength(Integer.BYTES));
  }

  static void writeLongs(WireKryo kryo, long[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeLongs(value, 0, value.length);
  }

  static long[] readLongs(WireKryo kryo) {
    return kryo.in().readLongs(kryo.in().readLength(Long.BYTES));
  }

  private static void writeFloats(WireKryo kryo, float[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeFloats(value, 0, value.length);
  }

  private static void writeDoubles(WireKryo kryo, double[] value) {
    kryo.out().writeLength(value.length);
    kryo.out().writeDoubles(value, 0, value.length);
  }

  private static void writeStrings(WireKryo kryo, @Nullable String[] value) {
    kryo.out().writeLength(value.length);
    for (String text : value) {
      kryo.out().writeString(text);
    }
  }

  private static @Nullable String[] readStrings(WireKryo kryo) {
    @Nullable String[] value = new @Nullable String[kryo.in().readLength()];
    for (int i = 0; i < value.length; i++) {
      value[i] = kryo.in().readString();
    }
    return value;
  }
}
