// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageTypes;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;

/**
 * Makes the codec of a class that is not one of the fixed values. Throws a {@link WireFailure} that
 * says why there is none.
 */
final class CodecFactory {

  private final MessageTypes types;

  CodecFactory(MessageTypes types) {
    this.types = types;
  }

  WireClass create(Class<?> type) {
    if (type.isArray()) {
      checkElement(type);
      return WireClass.unnumbered(type, new ArrayCodec(type.getComponentType()), Shape.NONE);
    }
    return WireClass.unnumbered(type, codec(type), Shape.of(type));
  }

  private void checkElement(Class<?> array) {
    Class<?> element = array;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    boolean known = element.isPrimitive() || Platform.isPublicApi(element);
    if (!known && !types.allows(array)) {
      throw WireFailure.of(element.getName(), MessageTypes.refusal(element.getName()));
    }
  }

  private Codec<?> codec(Class<?> type) {
    if (Platform.isPlatform(type)) {
      return platformCodec(type);
    }
    if (type.isHidden() || type.isSynthetic()) {
      throw WireFailure.of(type, "cannot cross the wire: a lambda or generated class has no name");
    }
    if (!types.allows(type)) {
      throw WireFailure.of(type.getName(), MessageTypes.refusal(type.getName()));
    }
    if (type.isEnum()) {
      return new EnumCodec(type);
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      throw WireFailure.of(type, "is abstract and cannot be rebuilt");
    }
    MethodHandles.Lookup access = Access.to(type, types);
    if (type.isRecord()) {
      return RecordCodec.of(type, access);
    }
    return Throwable.class.isAssignableFrom(type)
        ? ThrowableCodec.of(type, types)
        : ObjectCodec.of(type, types);
  }

  private Codec<?> platformCodec(Class<?> type) {
    if (type.isEnum() && Platform.isPublicApi(type)) {
      return new EnumCodec(type);
    }
    if (Throwable.class.isAssignableFrom(type) && Platform.isPublicApi(type)) {
      return ThrowableCodec.of(type, types);
    }
    throw WireFailure.of(type, "is not supported on the wire; send its content instead");
  }
}
