// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads fields by their declared type, primitives unboxed. Found by reflection as {@code
 * write} and {@code read...}; whatever is neither primitive nor String goes with its class.
 */
final class FieldIo {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private FieldIo() {}

  /** Returns {@code (WireKryo, Object owner)void} for a getter {@code (owner)T}. */
  static MethodHandle writer(MethodHandle getter) {
    Class<?> io = ioType(getter.type().returnType());
    MethodHandle write = find("write", MethodType.methodType(void.class, WireKryo.class, io));
    return MethodHandles.filterArguments(
            write, 1, getter.asType(getter.type().changeReturnType(io)))
        .asType(MethodType.methodType(void.class, WireKryo.class, Object.class));
  }

  /** Returns {@code (WireKryo)T}. */
  static MethodHandle reader(Class<?> owner, String field, Class<?> type) {
    Class<?> io = ioType(type);
    if (io != Object.class) {
      String name = "read" + Character.toUpperCase(io.getSimpleName().charAt(0));
      return find(
          name + io.getSimpleName().substring(1), MethodType.methodType(io, WireKryo.class));
    }
    try {
      return LOOKUP
          .findVirtual(Value.class, "read", MethodType.methodType(Object.class, WireKryo.class))
          .bindTo(new Value(owner, field, type))
          .asType(MethodType.methodType(type, WireKryo.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns {@code (WireKryo, Object owner)void} for a setter {@code (owner, T)void}. */
  static MethodHandle readInto(Class<?> owner, String field, MethodHandle setter) {
    MethodHandle reader = reader(owner, field, setter.type().parameterType(1));
    MethodHandle ownerFirst = MethodHandles.collectArguments(setter, 1, reader);
    MethodType target = MethodType.methodType(void.class, WireKryo.class, Object.class);
    return MethodHandles.permuteArguments(
        ownerFirst.asType(MethodType.methodType(void.class, Object.class, WireKryo.class)),
        target,
        1,
        0);
  }

  private static Class<?> ioType(Class<?> type) {
    return type.isPrimitive() || type == String.class ? type : Object.class;
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return LOOKUP.findStatic(FieldIo.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a field that holds an object; names itself when that fails. */
  private record Value(Class<?> owner, String field, Class<?> type) {

    @SuppressWarnings("unused") // by method handle
    @Nullable Object read(WireKryo kryo) {
      Object value;
      try {
        value = kryo.read();
      } catch (Throwable t) {
        throw WireFailure.at(owner, "." + field, t);
      }
      if (value != null && !type.isInstance(value)) {
        throw WireFailure.at(
            owner,
            "." + field,
            WireFailure.of(value.getClass(), "came where " + type.getName() + " is declared"));
      }
      return value;
    }
  }

  static void write(WireKryo kryo, boolean value) {
    kryo.out().writeBoolean(value);
  }

  static void write(WireKryo kryo, byte value) {
    kryo.out().writeByte(value);
  }

  static void write(WireKryo kryo, char value) {
    kryo.out().writeChar(value);
  }

  static void write(WireKryo kryo, short value) {
    kryo.out().writeShort(value);
  }

  static void writeInteger(WireKryo kryo, Integer value) {
    kryo.out().writeVarInt(value, false);
  }

  static void write(WireKryo kryo, int value) {
    kryo.out().writeVarInt(value, false);
  }

  static void write(WireKryo kryo, long value) {
    kryo.out().writeVarLong(value, false);
  }

  static void write(WireKryo kryo, float value) {
    kryo.out().writeFloat(value);
  }

  static void write(WireKryo kryo, double value) {
    kryo.out().writeDouble(value);
  }

  static void write(WireKryo kryo, @Nullable String value) {
    kryo.out().writeString(value);
  }

  static void write(WireKryo kryo, @Nullable Object value) {
    kryo.write(value);
  }

  static boolean readBoolean(WireKryo kryo) {
    return kryo.in().readBoolean();
  }

  static byte readByte(WireKryo kryo) {
    return kryo.in().readByte();
  }

  static char readChar(WireKryo kryo) {
    return kryo.in().readChar();
  }

  static short readShort(WireKryo kryo) {
    return kryo.in().readShort();
  }

  static int readInt(WireKryo kryo) {
    return kryo.in().readVarInt(false);
  }

  static long readLong(WireKryo kryo) {
    return kryo.in().readVarLong(false);
  }

  static float readFloat(WireKryo kryo) {
    return kryo.in().readFloat();
  }

  static double readDouble(WireKryo kryo) {
    return kryo.in().readDouble();
  }

  static @Nullable String readString(WireKryo kryo) {
    return kryo.in().readString();
  }
}
