// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serial;
import java.io.UncheckedIOException;

/** Carries a checked exception of a user's function through an iterator. */
public final class TaskException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  TaskException(Exception cause) {
    super(cause.toString(), cause);
  }

  /** Returns what the application's code threw, or what was thrown for it on the way. */
  public static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof TaskException || cause instanceof UncheckedIOException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
