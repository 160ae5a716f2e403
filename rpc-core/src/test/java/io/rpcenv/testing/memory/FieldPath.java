// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the way to an object inside records and collections. */
final class FieldPath {

  private FieldPath() {}

  /** Returns the path from a message to the first object of a class; empty if it is not found. */
  static String to(@Nullable Object message, String className) {
    if (message == null) {
      return "";
    }
    String found = find(message, className);
    return found == null ? "" : message.getClass().getSimpleName() + found;
  }

  private static @Nullable String find(@Nullable Object from, String className) {
    if (from == null) {
      return null;
    }
    if (from.getClass().getName().equals(className)) {
      return "";
    }
    if (from instanceof Record) {
      return inRecord(from, className);
    }
    if (from instanceof Map<?, ?> map) {
      return find(map.values(), className);
    }
    return from instanceof Collection<?> all ? inCollection(all, className) : null;
  }

  private static @Nullable String inRecord(Object from, String className) {
    try {
      for (RecordComponent component : from.getClass().getRecordComponents()) {
        String rest = find(component.getAccessor().invoke(from), className);
        if (rest != null) {
          return "." + component.getName() + rest;
        }
      }
      return null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static @Nullable String inCollection(Collection<?> all, String className) {
    int index = 0;
    for (Object item : all) {
      String rest = find(item, className);
      if (rest != null) {
        return "[" + index + "]" + rest;
      }
      index++;
    }
    return null;
  }
}
