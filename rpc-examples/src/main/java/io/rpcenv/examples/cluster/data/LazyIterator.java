// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An iterator that looks for the next value when somebody asks, with code that may throw. */
abstract class LazyIterator<T> implements Iterator<T> {

  private @Nullable T next;
  private boolean ready;

  /** Calls {@link #found} with the next value, or returns false if there is none. */
  abstract boolean advance() throws Exception;

  /** Takes the next value; returns true. */
  final boolean found(T value) {
    next = value;
    return true;
  }

  @Override
  public final boolean hasNext() {
    if (!ready) {
      try {
        ready = advance();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new TaskException(e);
      }
    }
    return ready;
  }

  @Override
  @SuppressWarnings("NullAway") // null only if the user's function returned it
  public final T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no value is left");
    }
    ready = false;
    T value = next;
    next = null;
    return value;
  }
}
