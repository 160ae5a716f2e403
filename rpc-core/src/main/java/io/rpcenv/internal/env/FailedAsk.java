// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import java.time.Duration;

/**
 * An ask that failed before it could be put on any way.
 *
 * @param <T> the reply
 */
final class FailedAsk<T> extends OuterAsk<T> {

  private FailedAsk() {
    super(Object.class, RpcTimeout.of(Duration.ofSeconds(1)), "a failed ask");
  }

  static <T> FailedAsk<T> of(RpcException cause) {
    FailedAsk<T> ask = new FailedAsk<>();
    ask.fail(cause);
    return ask;
  }
}
