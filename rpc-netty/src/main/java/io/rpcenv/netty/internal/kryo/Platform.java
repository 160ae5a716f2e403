// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.lang.reflect.Modifier;

/** Tells the JDK's classes from all others. */
final class Platform {

  private static final ClassLoader LOADER = ClassLoader.getPlatformClassLoader();

  private Platform() {}

  /** Returns whether a class belongs to the JDK; goes by its loader, which a name cannot fake. */
  static boolean isPlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == LOADER;
  }

  /**
   * Returns whether a class is public API of the {@code java} packages, so that it may be named.
   */
  static boolean isPublicApi(Class<?> type) {
    return isPlatform(type)
        && type.getName().startsWith("java.")
        && type.getModule().isExported(type.getPackageName())
        && isPublic(type);
  }

  private static boolean isPublic(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      if (!Modifier.isPublic(outer.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  /** Returns the public class of that name in the JDK's {@code java} packages. */
  static Class<?> find(String name) throws ClassNotFoundException {
    return Class.forName(name, false, LOADER);
  }
}
