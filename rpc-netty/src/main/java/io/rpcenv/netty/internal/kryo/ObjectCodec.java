// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.AbstractSequentialList;
import java.util.AbstractSet;
import java.util.Set;

/**
 * Writes the fields of an ordinary class, and rebuilds it through its constructor without
 * arguments, of any visibility. Never without a constructor (as Objenesis does): what the class
 * relies on, such as a lock in a transient field, would then be missing, and nobody would know
 * before it is used.
 */
final class ObjectCodec extends Codec<Object> {

  /** Superclasses in the JDK that have nothing to write. */
  private static final Set<Class<?>> STATELESS =
      Set.of(
          Object.class,
          Number.class,
          AbstractCollection.class,
          AbstractList.class,
          AbstractSequentialList.class,
          AbstractSet.class,
          AbstractMap.class,
          AbstractQueue.class);

  private final Class<?> type;
  private final MethodHandle constructor;
  private final FieldSet fields;

  private ObjectCodec(Class<?> type, MethodHandle constructor, FieldSet fields) {
    this.type = type;
    this.constructor = constructor;
    this.fields = fields;
  }

  static ObjectCodec of(Class<?> type, MessageTypes types) {
    checkSuperclass(type);
    try {
      MethodHandle constructor =
          Access.to(type, types)
              .findConstructor(type, MethodType.methodType(void.class))
              .asType(MethodType.methodType(Object.class));
      return new ObjectCodec(type, constructor, FieldSet.of(type, types));
    } catch (NoSuchMethodException e) {
      throw WireFailure.of(
          type,
          "has no constructor without arguments; add one (it may be private), or make it a"
              + " record");
    } catch (IllegalAccessException e) {
      throw Access.closed(type, e);
    }
  }

  private static void checkSuperclass(Class<?> type) {
    Class<?> parent = type;
    while (!Platform.isPlatform(parent)) {
      parent = parent.getSuperclass();
    }
    if (!STATELESS.contains(parent)) {
      throw WireFailure.of(
          type,
          "extends " + parent.getName() + ", whose content is out of reach; hold one instead");
    }
  }

  @Override
  void write(WireKryo kryo, Object value) {
    fields.write(kryo, value);
  }

  @Override
  Object read(WireKryo kryo) {
    Object made;
    try {
      made = (Object) constructor.invokeExact();
    } catch (Throwable t) {
      throw WireFailure.wrap(type, t);
    }
    fields.readInto(kryo, made);
    return made;
  }
}
