// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.EnumMap;

/**
 * Finds the enum of an empty map. The map tells it nowhere but in its serialized form, and there it
 * is told to {@link #annotateClass}; nothing is ever read that way.
 */
final class EnumKeyType extends ObjectOutputStream {

  private Class<?> found = Object.class;

  private EnumKeyType() throws IOException {
    super(OutputStream.nullOutputStream());
  }

  static Class<?> of(EnumMap<?, ?> empty) {
    try (EnumKeyType stream = new EnumKeyType()) {
      stream.writeObject(empty);
      return stream.found;
    } catch (IOException e) {
      throw WireFailure.wrap(EnumMap.class, e);
    }
  }

  @Override
  protected void annotateClass(Class<?> type) {
    if (type.isEnum()) {
      found = type;
    }
  }
}
