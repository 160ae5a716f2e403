// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Writes a record's components through their accessors and rebuilds it through its canonical
 * constructor, which so can still refuse. Components never meet in an array, nor are primitives
 * boxed, where the constructor has room for one more argument.
 */
final class RecordCodec extends Codec<Object> {

  /** Above this many argument slots a constructor cannot be folded; the JVM's limit is 255. */
  private static final int MAX_FOLDED_SLOTS = 240;

  private final Class<?> type;
  private final String[] steps;
  private final MethodHandle[] writers;
  private final MethodHandle reader;

  private RecordCodec(Class<?> type, String[] steps, MethodHandle[] writers, MethodHandle reader) {
    this.type = type;
    this.steps = steps;
    this.writers = writers;
    this.reader = reader;
  }

  static RecordCodec of(Class<?> type, MethodHandles.Lookup access) {
    RecordComponent[] components = type.getRecordComponents();
    MethodHandle[] writers = new MethodHandle[components.length];
    String[] steps = new String[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        writers[i] = FieldIo.writer(access.unreflect(components[i].getAccessor()));
        steps[i] = "." + components[i].getName();
      }
      return new RecordCodec(type, steps, writers, reader(type, components, access));
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw Access.closed(type, new IllegalAccessException(e.getMessage()));
    }
  }

  private static MethodHandle reader(
      Class<?> type, RecordComponent[] components, MethodHandles.Lookup access)
      throws IllegalAccessException, NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    MethodHandle constructor =
        access.findConstructor(type, MethodType.methodType(void.class, types));
    MethodHandle[] readers = new MethodHandle[types.length];
    int slots = 0;
    for (int i = 0; i < types.length; i++) {
      readers[i] = FieldIo.reader(type, components[i].getName(), types[i]);
      slots += types[i] == long.class || types[i] == double.class ? 2 : 1;
    }
    MethodHandle reader =
        slots > MAX_FOLDED_SLOTS ? spread(constructor, readers) : fold(constructor, readers);
    return reader.asType(MethodType.methodType(Object.class, WireKryo.class));
  }

  /** Folds the last reader in first, so that the outermost, which runs first, reads the first. */
  private static MethodHandle fold(MethodHandle constructor, MethodHandle[] readers) {
    MethodHandle folded = MethodHandles.dropArguments(constructor, readers.length, WireKryo.class);
    for (int i = readers.length - 1; i >= 0; i--) {
      folded = MethodHandles.foldArguments(folded, i, readers[i]);
    }
    return folded;
  }

  private static MethodHandle spread(MethodHandle constructor, MethodHandle[] readers)
      throws NoSuchMethodException, IllegalAccessException {
    MethodHandle[] boxing = new MethodHandle[readers.length];
    for (int i = 0; i < readers.length; i++) {
      boxing[i] = readers[i].asType(MethodType.methodType(Object.class, WireKryo.class));
    }
    MethodHandle arguments =
        MethodHandles.lookup()
            .findStatic(
                RecordCodec.class,
                "readAll",
                MethodType.methodType(Object[].class, MethodHandle[].class, WireKryo.class))
            .bindTo(boxing);
    return MethodHandles.filterArguments(
        constructor.asSpreader(Object[].class, readers.length), 0, arguments);
  }

  @SuppressWarnings("unused") // by method handle
  private static Object[] readAll(MethodHandle[] readers, WireKryo kryo) throws Throwable {
    Object[] arguments = new Object[readers.length];
    for (int i = 0; i < readers.length; i++) {
      arguments[i] = (Object) readers[i].invokeExact(kryo);
    }
    return arguments;
  }

  @Override
  void write(WireKryo kryo, Object value) {
    int i = 0;
    try {
      for (; i < writers.length; i++) {
        writers[i].invokeExact(kryo, value);
      }
    } catch (Throwable t) {
      throw WireFailure.at(type, steps[i], t);
    }
  }

  @Override
  Object read(WireKryo kryo) {
    try {
      return (Object) reader.invokeExact(kryo);
    } catch (Throwable t) {
      throw WireFailure.wrap(type, t);
    }
  }
}
