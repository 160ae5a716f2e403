// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcRequest;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;

/**
 * The erasure of R for each class that implements {@code RpcRequest<R>}; Object where it is open.
 */
final class ReplyTypes {

  private static final ClassValue<Class<?>> ERASURES =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> type) {
          return find(type, new HashMap<>());
        }
      };

  private ReplyTypes() {}

  static Class<?> of(Class<?> requestType) {
    return ERASURES.get(requestType);
  }

  /** Walks up to {@code RpcRequest}, with what the type variables stand for on the way. */
  private static Class<?> find(Type type, Map<TypeVariable<?>, Type> bound) {
    Class<?> raw = erase(type, bound);
    if (type instanceof ParameterizedType parameterized) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      Type[] arguments = parameterized.getActualTypeArguments();
      for (int i = 0; i < variables.length; i++) {
        bound.put(variables[i], arguments[i]);
      }
    }
    if (raw == RpcRequest.class) {
      return erase(RpcRequest.class.getTypeParameters()[0], bound);
    }
    for (Type parent : raw.getGenericInterfaces()) {
      if (RpcRequest.class.isAssignableFrom(erase(parent, bound))) {
        return find(parent, bound);
      }
    }
    Type parent = raw.getGenericSuperclass();
    return parent == null ? Object.class : find(parent, bound);
  }

  private static Class<?> erase(Type type, Map<TypeVariable<?>, Type> bound) {
    if (type instanceof Class<?> c) {
      return c;
    } else if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    } else if (type instanceof GenericArrayType array) {
      return erase(array.getGenericComponentType(), bound).arrayType();
    } else if (type instanceof TypeVariable<?> variable) {
      Type to = bound.get(variable);
      return erase(to == null || to == variable ? variable.getBounds()[0] : to, bound);
    }
    return Object.class;
  }
}
