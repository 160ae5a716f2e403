// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.function.BiConsumer;

/** One ask on its way: checks the answer and gives its place back. */
final class SmallAsk implements BiConsumer<Sample, Throwable> {

  private final Window window;
  private final long id;

  SmallAsk(Window window, long id) {
    this.window = window;
    this.id = id;
  }

  @Override
  public void accept(Sample reply, Throwable failure) {
    if (failure != null) {
      window.fail(failure);
    } else if (reply == null || !reply.is(id)) {
      window.fail(new IllegalStateException("asked " + id + ", was answered " + reply));
    } else {
      window.release();
    }
  }
}
