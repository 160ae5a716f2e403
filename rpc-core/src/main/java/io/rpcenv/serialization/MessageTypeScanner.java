// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what message classes declare to contain. Used once, by one thread. */
final class MessageTypeScanner {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private final Set<Class<?>> open = new LinkedHashSet<>();
  private final Set<String> unknown = new LinkedHashSet<>();
  private final Map<Class<?>, MethodHandles.Lookup> lookups = new HashMap<>();

  /** The classes that may be instantiated, and the sealed types above them. */
  Set<Class<?>> classes() {
    return classes;
  }

  /** Interfaces and abstract classes that anyone may implement; only arrays of them may come. */
  Set<Class<?>> open() {
    return open;
  }

  /** The components that add nothing, such as {@code Job.payload: Object}. */
  Set<String> unknown() {
    return unknown;
  }

  Map<Class<?>, MethodHandles.Lookup> lookups() {
    return lookups;
  }

  /** Takes in a class given to the builder: unlike a component's, an interface is a namespace. */
  void takeIn(Class<?> type, Optional<MethodHandles.Lookup> lookup) {
    visitClass(type, "", lookup);
    if (type.isInterface() && !isPlatform(type)) {
      classes.add(type);
      for (Class<?> nested : type.getDeclaredClasses()) {
        takeIn(nested, lookup);
      }
    }
  }

  private void visitClass(Class<?> type, String where, Optional<MethodHandles.Lookup> lookup) {
    if (type.isArray()) {
      visitClass(type.getComponentType(), where, lookup);
    } else if (type == Object.class && !where.isEmpty()) {
      unknown.add(where + "Object");
    } else if (!isPlatform(type) && !RpcEndpointRef.class.isAssignableFrom(type)) {
      visitOwn(type, where, lookup);
    }
  }

  private void visitOwn(Class<?> type, String where, Optional<MethodHandles.Lookup> lookup) {
    boolean isOpen =
        (type.isInterface() || Modifier.isAbstract(type.getModifiers()))
            && !type.isSealed()
            && !type.isEnum();
    if (isOpen && !where.isEmpty() && !classes.contains(type)) {
      open.add(type);
      unknown.add(where + type.getSimpleName());
    } else if (isOpen && type.isInterface()) {
      open.add(type);
    } else if (classes.add(type)) {
      visitContents(type, lookup);
    }
  }

  private void visitContents(Class<?> type, Optional<MethodHandles.Lookup> lookup) {
    lookup
        .filter(access -> access.lookupClass().getModule() == type.getModule())
        .ifPresent(access -> lookups.put(type, access));
    if (type.isSealed() && !type.isEnum()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        visitClass(permitted, "", lookup);
      }
    }
    visitReply(type, Map.of(), type.getSimpleName(), lookup);
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        visit(component.getGenericType(), where(type, component.getName()), lookup);
      }
    } else if (!type.isEnum() && !type.isInterface()) {
      visitFields(type, lookup);
    }
  }

  private void visitFields(Class<?> type, Optional<MethodHandles.Lookup> lookup) {
    for (Class<?> owner = type;
        owner != null && !isPlatform(owner);
        owner = owner.getSuperclass()) {
      for (Field field : owner.getDeclaredFields()) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
          visit(field.getGenericType(), where(owner, field.getName()), lookup);
        }
      }
      if (owner.getGenericSuperclass() instanceof ParameterizedType parent) {
        visitArguments(parent, where(owner, "super"), lookup);
      }
    }
  }

  private void visit(Type type, String where, Optional<MethodHandles.Lookup> lookup) {
    if (type instanceof Class<?> plain) {
      if (isPlatform(plain) && plain.getTypeParameters().length > 0 && plain != Class.class) {
        unknown.add(where + plain.getSimpleName() + " (raw)");
      }
      visitClass(plain, where, lookup);
    } else if (type instanceof ParameterizedType generic) {
      visitClass((Class<?>) generic.getRawType(), where, lookup);
      visitArguments(generic, where, lookup);
    } else if (type instanceof GenericArrayType array) {
      visit(array.getGenericComponentType(), where, lookup);
    } else if (type instanceof WildcardType wildcard) {
      visitWildcard(wildcard, where, lookup);
    } else if (type instanceof TypeVariable<?> variable) {
      unknown.add(where + variable.getName());
    }
  }

  private void visitArguments(
      ParameterizedType generic, String where, Optional<MethodHandles.Lookup> lookup) {
    for (Type argument : generic.getActualTypeArguments()) {
      visit(argument, where, lookup);
    }
  }

  private void visitWildcard(
      WildcardType wildcard, String where, Optional<MethodHandles.Lookup> lookup) {
    Type[] lower = wildcard.getLowerBounds();
    Type bound = lower.length > 0 ? lower[0] : wildcard.getUpperBounds()[0];
    if (bound == Object.class) {
      unknown.add(where + "?");
    } else {
      visit(bound, where, lookup);
    }
  }

  /** Finds R of RpcRequest above a type, with the arguments that subtypes have bound so far. */
  private void visitReply(
      Class<?> type,
      Map<TypeVariable<?>, Type> bound,
      String root,
      Optional<MethodHandles.Lookup> lookup) {
    if (!RpcRequest.class.isAssignableFrom(type)) {
      return;
    }
    Set<Type> parents = new LinkedHashSet<>(Set.of(type.getGenericInterfaces()));
    if (type.getGenericSuperclass() != null) {
      parents.add(type.getGenericSuperclass());
    }
    for (Type parent : parents) {
      if (parent instanceof ParameterizedType generic && generic.getRawType() == RpcRequest.class) {
        Type reply = generic.getActualTypeArguments()[0];
        visit(bound.getOrDefault(reply, reply), root + " reply: ", lookup);
      } else if (parent instanceof ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        visitReply(raw, bind(raw, generic, bound), root, lookup);
      } else if (parent instanceof Class<?> plain) {
        visitReply(plain, Map.of(), root, lookup);
      }
    }
  }

  private static Map<TypeVariable<?>, Type> bind(
      Class<?> raw, ParameterizedType generic, Map<TypeVariable<?>, Type> outer) {
    Map<TypeVariable<?>, Type> inner = new HashMap<>();
    TypeVariable<?>[] variables = raw.getTypeParameters();
    for (int i = 0; i < variables.length; i++) {
      Type argument = generic.getActualTypeArguments()[i];
      inner.put(variables[i], outer.getOrDefault(argument, argument));
    }
    return inner;
  }

  private static String where(Class<?> owner, String component) {
    return owner.getSimpleName() + "." + component + ": ";
  }

  private static boolean isPlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == PLATFORM;
  }
}
