// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageTypes;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** The fields of a class and its superclasses up to the JDK's, in an order of our own. */
final class FieldSet {

  private final Class<?> type;
  private final String[] steps;
  private final MethodHandle[] writers;
  private final MethodHandle[] readers;

  private FieldSet(Class<?> type, List<Field> fields, MessageTypes types) {
    this.type = type;
    this.steps = new String[fields.size()];
    this.writers = new MethodHandle[fields.size()];
    this.readers = new MethodHandle[fields.size()];
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      steps[i] = "." + field.getName();
      writers[i] = FieldIo.writer(Access.getter(field, types));
      readers[i] =
          FieldIo.readInto(field.getDeclaringClass(), field.getName(), Access.setter(field, types));
    }
  }

  static FieldSet of(Class<?> type, MessageTypes types) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> owner = type; !Platform.isPlatform(owner); owner = owner.getSuperclass()) {
      fields.addAll(Shape.writtenFields(owner));
    }
    return new FieldSet(type, fields, types);
  }

  void write(WireKryo kryo, Object owner) {
    int i = 0;
    try {
      for (; i < writers.length; i++) {
        writers[i].invokeExact(kryo, owner);
      }
    } catch (Throwable t) {
      throw WireFailure.at(type, steps[i], t);
    }
  }

  void readInto(WireKryo kryo, Object owner) {
    try {
      for (MethodHandle reader : readers) {
        reader.invokeExact(kryo, owner);
      }
    } catch (Throwable t) {
      throw WireFailure.wrap(type, t);
    }
  }
}
