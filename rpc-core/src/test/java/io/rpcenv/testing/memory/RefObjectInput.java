// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.serialization.RefResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** Reads tokens as refs, and only classes that were announced and are allowed. */
final class RefObjectInput extends ObjectInputStream {

  private final JavaPeerClasses classes;
  private final ClassLoader loader;
  private final RefResolver refs;

  RefObjectInput(InputStream in, JavaPeerClasses classes, ClassLoader loader, RefResolver refs)
      throws IOException {
    super(in);
    this.classes = classes;
    this.loader = loader;
    this.refs = refs;
    enableResolveObject(true);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described) throws ClassNotFoundException {
    classes.check(described.getName());
    return Class.forName(described.getName(), false, loader);
  }

  @Override
  protected Object resolveObject(Object object) {
    return object instanceof RefToken token ? refs.resolve(token.identity()) : object;
  }
}
