// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import java.time.Duration;

/**
 * An ask that ended before it was put on any way.
 *
 * @param <T> the reply
 */
final class SettledAsk<T> extends OuterAsk<T> {

  private SettledAsk() {
    super(Object.class, RpcTimeout.of(Duration.ofSeconds(1)), "a settled ask");
  }

  static <T> SettledAsk<T> failed(RpcException cause) {
    SettledAsk<T> ask = new SettledAsk<>();
    ask.fail(cause);
    return ask;
  }

  static <T> SettledAsk<T> succeeded(T result) {
    SettledAsk<T> ask = new SettledAsk<>();
    ask.succeed(result);
    return ask;
  }
}
