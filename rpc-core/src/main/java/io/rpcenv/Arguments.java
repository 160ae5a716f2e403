// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that the compiler cannot make. */
final class Arguments {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private Arguments() {}

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

  /** Returns the name if it can be part of a thread's name. */
  static String requireName(@Nullable String name, String expected) {
    String given = require("name", name, expected);
    if (!NAME.matcher(given).matches()) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: 1 to 64 letters, digits, '.', '_' or '-')");
    }
    return given;
  }
}
