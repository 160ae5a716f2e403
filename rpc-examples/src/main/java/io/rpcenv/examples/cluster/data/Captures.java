// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out who holds what cannot be serialized: a lambda says it only by what it captures. */
final class Captures {

  private static final int MOST = 100_000;

  /** An object to look at, and what holds it. */
  private record Held(Object object, String holder) {}

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Held> toDo = new ArrayDeque<>();

  private Captures() {}

  /** Returns a failure that names the class and the field, or as good a one as there was. */
  static IOException explain(@Nullable Object root, NotSerializableException failure) {
    String culprit = failure.getMessage();
    String holder = root == null ? "" : new Captures().holderOf(root, culprit).orElse("");
    NotSerializableException explained =
        new NotSerializableException(
            culprit
                + (holder.isEmpty() ? "" : ", held by " + holder)
                + " (expected: Serializable)");
    explained.initCause(failure);
    return explained;
  }

  /** Returns who holds the first object that is not serializable. */
  private Optional<String> holderOf(Object root, @Nullable String culprit) {
    toDo.add(new Held(root, "the job itself"));
    for (int i = 0; i < MOST && !toDo.isEmpty(); i++) {
      Held next = toDo.remove();
      Object object = next.object();
      if (!(object instanceof Serializable) && object.getClass().getName().equals(culprit)) {
        return Optional.of(next.holder());
      }
      if (seen.add(object)) {
        look(object);
      }
    }
    return Optional.empty();
  }

  private void look(Object object) {
    Class<?> type = object.getClass();
    if (object instanceof Object[] array) {
      for (Object element : array) {
        add(element, "an array of " + type.getComponentType().getName());
      }
    } else if (type.isHidden()) {
      lookIntoLambda(object);
    } else {
      for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
        lookIntoFields(object, c);
      }
    }
  }

  private void add(@Nullable Object object, String holder) {
    if (object != null) {
      toDo.add(new Held(object, holder));
    }
  }

  private void lookIntoFields(Object object, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      int modifiers = field.getModifiers();
      if (Modifier.isStatic(modifiers)
          || Modifier.isTransient(modifiers)
          || field.getType().isPrimitive()) {
        continue;
      }
      try {
        field.setAccessible(true);
        add(field.get(object), "field [" + field.getName() + "] of [" + type.getName() + "]");
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        // the JDK's own classes do not let anybody look
      }
    }
  }

  private void lookIntoLambda(Object lambda) {
    try {
      Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      if (replace.invoke(lambda) instanceof SerializedLambda parts) {
        String in = parts.getCapturingClass().replace('/', '.');
        for (int i = 0; i < parts.getCapturedArgCount(); i++) {
          add(
              parts.getCapturedArg(i),
              "captured value " + (i + 1) + " of a lambda in [" + in + "]");
        }
      }
    } catch (ReflectiveOperationException e) {
      // a hidden class that is no lambda
    }
  }
}
