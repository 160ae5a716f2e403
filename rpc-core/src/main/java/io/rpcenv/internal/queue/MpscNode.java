// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

import org.jspecify.annotations.Nullable;

/** An element of an {@link MpscQueue}: in at most one queue, once. */
public abstract class MpscNode {

  @SuppressWarnings("unused") // through MpscQueue.NEXT
  volatile @Nullable MpscNode next;

  /** Creates a node that is in no queue. */
  protected MpscNode() {}
}
