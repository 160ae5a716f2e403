// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Writes arrays of objects, each element with its class. */
final class ArrayCodec extends Codec<Object> {

  private final Class<?> element;

  ArrayCodec(Class<?> element) {
    this.element = element;
  }

  @Override
  void write(WireKryo kryo, Object value) {
    Elements.write(kryo, (@Nullable Object[]) value);
  }

  @Override
  Object read(WireKryo kryo) {
    int length = kryo.in().readLength();
    @Nullable Object[] array = (@Nullable Object[]) Array.newInstance(element, length);
    int i = 0;
    try {
      for (; i < length; i++) {
        array[i] = kryo.read();
      }
    } catch (Throwable t) {
      throw WireFailure.at(array.getClass(), "[" + i + "]", t);
    }
    return array;
  }
}
