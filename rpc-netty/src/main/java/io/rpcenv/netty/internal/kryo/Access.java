// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** Finds ways into user classes that need no flags on the command line. */
final class Access {

  private Access() {}

  /**
   * Returns the widest access there is: by the builder's lookup, else as far as the class's module
   * is open to this one (a class path always is), else to public members.
   */
  static MethodHandles.Lookup to(Class<?> type, MessageTypes types) {
    Access.class.getModule().addReads(type.getModule()); // unlike reflection, lookups ask for it
    try {
      return MethodHandles.privateLookupIn(
          type, types.lookup(type).orElseGet(MethodHandles::lookup));
    } catch (IllegalAccessException e) {
      return MethodHandles.publicLookup();
    }
  }

  /** Returns {@code (owner)T}. */
  static MethodHandle getter(Field field, MessageTypes types) {
    try {
      return to(field.getDeclaringClass(), types).unreflectGetter(field);
    } catch (IllegalAccessException e) {
      throw closed(field, e);
    }
  }

  /** Returns {@code (owner, T)void}, for a final field where its module is open to this one. */
  static MethodHandle setter(Field field, MessageTypes types) {
    try {
      if (Modifier.isFinal(field.getModifiers())) {
        return finalSetter(field);
      }
      return to(field.getDeclaringClass(), types).unreflectSetter(field);
    } catch (IllegalAccessException e) {
      throw closed(field, e);
    }
  }

  private static MethodHandle finalSetter(Field field) throws IllegalAccessException {
    if (!field.trySetAccessible()) {
      throw WireFailure.of(
          field.getDeclaringClass(),
          "has the final field " + field.getName() + ", which cannot be set; make it a record");
    }
    return MethodHandles.lookup().unreflectSetter(field);
  }

  /** Says that a member is out of reach and what to do. */
  static WireFailure closed(Object member, IllegalAccessException cause) {
    return WireFailure.of(
        member.toString(),
        member
            + " is not accessible; give .messages(MethodHandles.lookup(), ...) to the RpcEnv"
            + " builder, or open its package to io.rpcenv.netty ("
            + cause.getMessage()
            + ")");
  }
}
