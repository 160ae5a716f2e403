// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import org.jspecify.annotations.Nullable;

/** Checks of arguments that the compiler cannot make. */
final class EnvArguments {

  private EnvArguments() {}

  /**
   * Returns an argument unless it is null.
   *
   * @param name the parameter's name
   * @param value what was given
   * @param expected what should have been
   * @param <T> the parameter's type
   * @return the value
   * @throws IllegalArgumentException if it is null
   */
  static <T> T require(String name, @Nullable T value, String expected) {
    if (value == null) {
      throw new IllegalArgumentException(name + ": null (expected: " + expected + ")");
    }
    return value;
  }
}
