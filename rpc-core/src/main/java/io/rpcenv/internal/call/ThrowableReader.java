// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads throwables of users, whose overridden accessors may fail themselves. Nothing is thrown from
 * here: that would leave an asker without its answer.
 */
public final class ThrowableReader {

  private ThrowableReader() {}

  /** Returns the message, or why there is none. */
  static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable t) {
      return "(its getMessage failed: " + t.getClass().getName() + ")";
    }
  }

  /** Returns the cause, or null if there is none or it cannot be told. */
  static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable t) {
      return null;
    }
  }

  /** Returns the frames that there are, the innermost first. */
  static List<StackTraceElement> stack(Throwable thrown) {
    try {
      return Arrays.stream(thrown.getStackTrace()).filter(Objects::nonNull).toList();
    } catch (Throwable t) {
      return List.of();
    }
  }

  /**
   * Returns what {@code toString} says, or at least the class.
   *
   * @param thrown anything
   * @return a text for messages
   */
  public static String text(@Nullable Throwable thrown) {
    try {
      return String.valueOf(thrown);
    } catch (Throwable t) {
      return Objects.requireNonNull(thrown).getClass().getName();
    }
  }
}
