// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.function.Consumer;

/**
 * Takes what was sent one way and checks that nothing is missing, altered, doubled or out of order.
 */
public final class Sink implements Consumer<Sample> {

  private volatile Window window;
  private long expected;

  /** Starts anew, for messages numbered from 0 that go through this window. */
  public void begin(Window through) {
    expected = 0;
    window = through;
  }

  @Override
  public void accept(Sample sample) {
    Window through = window;
    if (sample.is(expected)) {
      expected++;
      through.releaseAlone();
    } else {
      through.fail(new IllegalStateException("expected " + expected + ", received " + sample));
    }
  }
}
