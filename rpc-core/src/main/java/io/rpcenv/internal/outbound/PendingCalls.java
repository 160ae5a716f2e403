// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.RpcException;
import io.rpcenv.internal.call.LongMap;
import org.jspecify.annotations.Nullable;

/**
 * The asks of one path that were written and wait for their answers. Confined to the path's loop.
 */
final class PendingCalls {

  private final PeerLoop peerLoop;
  private final LongMap<RemoteAsk<?>> calls = new LongMap<>();
  private long lastCallId;

  PendingCalls(PeerLoop peerLoop) {
    this.peerLoop = peerLoop;
  }

  /** Takes in an ask that is being written, and names the call. */
  long add(RemoteAsk<?> ask) {
    long id = ++lastCallId;
    ask.written(id);
    calls.put(id, ask);
    return id;
  }

  /** Takes out the ask of a call; null if nobody waits for it any more. */
  @Nullable RemoteAsk<?> remove(long callId) {
    RemoteAsk<?> ask = calls.remove(callId);
    if (ask != null) {
      peerLoop.unwatch(ask);
    }
    return ask;
  }

  /** Takes out the ask of a request that came back unsent; its deadline stays watched. */
  @Nullable RemoteAsk<?> takeBack(long callId) {
    return calls.remove(callId);
  }

  void failAll(RpcException cause) {
    for (RemoteAsk<?> ask : calls.values()) {
      remove(ask.callId());
      ask.fail(cause);
    }
  }

  /** Returns how many there are; on another thread, as it happens to be. */
  int size() {
    return calls.size();
  }
}
