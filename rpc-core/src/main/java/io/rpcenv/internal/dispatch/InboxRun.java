// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcEndpoint;

/** An inbox as the thread that runs it sees it. */
interface InboxRun {

  Inbox inbox();

  RpcEndpoint endpoint();

  /** Returns whether the endpoint handles nothing any more. */
  boolean isStopped();

  /** Counts a message whose handler has ended, one way or the other. */
  void countHandled();

  /** Counts a message whose handler threw, as handled and as failed. */
  void countFailed();
}
