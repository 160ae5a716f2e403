// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.MessageTypes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The classes of one env: what may cross the wire, with which codec, under which id. Ids are given
 * in the order of first use and never change. Thread-safe.
 */
final class ClassTable {

  private static final int MAX_NAME = 1024;
  private static final int MAX_DIMENSIONS = 255;

  private final MessageTypes types;
  private final ClassLoader loader;
  private final CodecFactory codecs;
  private final Map<Class<?>, WireClass> byClass = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<MessageClass> numbered =
      new AtomicReferenceArray<>(MessageClass.MAX_CLASSES);
  private int next; // guarded by this

  ClassTable(MessageTypes types, ClassLoader loader) {
    this.types = types;
    this.loader = loader;
    this.codecs = new CodecFactory(types);
  }

  /** Returns a class by itself; throws a {@link WireFailure} if it may not cross the wire. */
  WireClass get(Class<?> type) {
    WireClass known = byClass.get(type);
    if (known != null) {
      return known;
    }
    Class<?> named = enumOf(type);
    if (named != type) {
      WireClass declared = get(named);
      byClass.putIfAbsent(type, declared);
      return declared;
    }
    Optional<WireClass> fixed = FixedTypes.of(type);
    WireClass made = fixed.orElseGet(() -> codecs.create(type));
    WireClass raced = byClass.putIfAbsent(type, made);
    return raced == null ? made : raced;
  }

  /** Numbers a class on its first use; beyond the table it goes by name. */
  synchronized MessageClass number(WireClass type) {
    if (type.messageClass().id() == WireClass.UNNUMBERED) {
      boolean fits = next < MessageClass.MAX_CLASSES;
      MessageClass given = type.under(fits ? MessageClass.FIRST_ID + next : MessageClass.INLINE);
      if (fits) {
        numbered.set(next++, given);
      }
      type.becomes(given); // last: who sees the id may announce it at once
    }
    return type.messageClass();
  }

  /** Returns what an id of this env means. */
  MessageClass numbered(int id) {
    if (id >= MessageClass.FIRST_ID && id < MessageClass.FIRST_ID + MessageClass.MAX_CLASSES) {
      MessageClass known = numbered.get(id - MessageClass.FIRST_ID);
      if (known != null) {
        return known;
      }
    }
    throw new IllegalArgumentException("id: " + id + " (expected: an id this env has given)");
  }

  /** Finds the class that a peer means; throws a {@link WireFailure} if it cannot be taken. */
  WireClass resolve(MessageClass announced) {
    String name = announced.name();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw WireFailure.malformed("a class name of " + name.length() + " characters");
    }
    WireClass here = get(find(name));
    if (here.shape().hash() != announced.shape()) {
      throw WireFailure.of(
          name,
          "class "
              + name
              + " looks different on the two sides ("
              + here.shape().text()
              + "); use the same version on both");
    }
    return here;
  }

  boolean allows(String name) {
    try {
      get(find(name));
      return true;
    } catch (WireFailure | LinkageError e) {
      return false;
    }
  }

  private Class<?> find(String name) {
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions > MAX_DIMENSIONS) {
      throw WireFailure.malformed("an array of " + dimensions + " dimensions");
    }
    try {
      if (dimensions == 0) {
        return findElement(name);
      }
      String element = name.substring(dimensions);
      boolean isReference = element.startsWith("L") && element.endsWith(";");
      Class<?> found =
          isReference
              ? findElement(element.substring(1, element.length() - 1))
              : Class.forName("[" + element).getComponentType();
      for (int i = 0; i < dimensions; i++) {
        found = found.arrayType();
      }
      return found;
    } catch (ClassNotFoundException | LinkageError e) {
      throw WireFailure.of(name, "class " + name + " is not known here");
    }
  }

  private Class<?> findElement(String name) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return Platform.find(name);
    }
    return types
        .find(name, loader)
        .orElseThrow(() -> WireFailure.of(name, MessageTypes.refusal(name)));
  }

  private static Class<?> enumOf(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return parent != null && parent.isEnum() ? parent : type;
  }
}
