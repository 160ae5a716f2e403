// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.serialization.MessageBody;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the undecoded bodies from other envs ({@code rpc.inbound.maxBytes}). Thread-safe. */
final class InboundBudget {

  private final AtomicLong held = new AtomicLong();
  private final long maxBytes;

  InboundBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes a body in, unless that would be too much; one body always fits an empty budget. */
  boolean take(MessageBody body) {
    long before = held.getAndAdd(body.size());
    if (before != 0 && before + body.size() > maxBytes) {
      held.getAndAdd(-body.size());
      return false;
    }
    return true;
  }

  /** Takes a body in that is about to be refused, and so given back. */
  void force(MessageBody body) {
    held.getAndAdd(body.size());
  }

  /** Gives a body back, and its buffers. */
  void release(MessageBody body) {
    held.getAndAdd(-body.size());
    body.release();
  }
}
