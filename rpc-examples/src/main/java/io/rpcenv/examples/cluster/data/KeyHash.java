// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

/** Hashes keys so that all executors agree. */
final class KeyHash {

  private static final ClassValue<Boolean> BY_IDENTITY =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            return type.getMethod("hashCode").getDeclaringClass() == Object.class;
          } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
          }
        }
      };

  private KeyHash() {}

  /**
   * Returns a hash that is the same in every JVM, if that of the key's class is; the name's of an
   * enum constant.
   *
   * @throws IllegalArgumentException if the class has none of its own, as arrays
   */
  static int of(Object key) {
    if (key instanceof Enum<?> constant) {
      return constant.name().hashCode();
    }
    if (BY_IDENTITY.get(key.getClass())) {
      throw new IllegalArgumentException(
          "key: of class "
              + key.getClass().getTypeName()
              + " (expected: one with equals and hashCode of its own)");
    }
    return key.hashCode();
  }
}
