// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.internal.queue.MpscNode;

/** What waits in an inbox: a message of a user, or an event of the endpoint's life. */
public abstract class InboxMessage extends MpscNode {

  InboxMessage() {}

  /** Returns whether nothing may run beside it, even in a parallel endpoint. */
  abstract boolean exclusive();

  /** Returns whether it counts against the inbox's capacity. */
  abstract boolean bounded();

  /**
   * Runs it, on the endpoint's thread.
   *
   * @param by the inbox that it came from, as this thread sees it
   * @param invoker runs the endpoint's hooks
   */
  abstract void run(InboxRun by, EndpointInvoker invoker);

  /**
   * Ends it unhandled. Any thread; exactly one of this and {@link #run} is called.
   *
   * @param inbox the inbox that refused it
   * @param reason why
   */
  abstract void refused(Inbox inbox, DropReason reason);
}
