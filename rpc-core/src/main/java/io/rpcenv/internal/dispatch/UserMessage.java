// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener;
import org.jspecify.annotations.Nullable;

/** A message that somebody sent or asked. Subclassed by what is local and what came by the wire. */
public abstract class UserMessage extends InboxMessage {

  /** Creates a message. */
  protected UserMessage() {}

  /**
   * Returns the message itself, decoded now if it came by the wire. Called at most once, on the
   * endpoint's thread.
   *
   * @throws RuntimeException if it cannot be decoded
   */
  protected abstract Object payload();

  /** Returns the name of the message's class, without decoding it. */
  public abstract String messageClass();

  /** Returns sent or asked. */
  public abstract RpcEnvListener.Kind kind();

  /** Returns local or remote. */
  public abstract RpcEnvListener.Origin origin();

  /**
   * Gives the payload to the endpoint's hook.
   *
   * @param endpoint the endpoint
   * @param payload the message
   * @throws Exception what the hook throws
   */
  protected abstract void deliver(RpcEndpoint endpoint, Object payload) throws Exception;

  /** Learns that the hook has returned; it may have left the answer to others. */
  protected void returned() {}

  /**
   * Learns that the hook threw: an ask that is unanswered is answered with that.
   *
   * @param cause what was thrown
   */
  protected abstract void failed(Throwable cause);

  /**
   * Ends the message unhandled: an ask fails, and what it holds is released.
   *
   * @param endpoint the name it was for
   * @param reason why
   * @param cause more about why: what {@code onStart} threw, or what decoding threw
   */
  public abstract void rejected(String endpoint, DropReason reason, @Nullable Throwable cause);

  @Override
  final boolean exclusive() {
    return false;
  }

  @Override
  final boolean bounded() {
    return true;
  }

  @Override
  final void run(InboxRun by, EndpointInvoker invoker) {
    invoker.message(by, this);
  }

  @Override
  final void refused(Inbox inbox, DropReason reason) {
    inbox.countRefusedTaken(reason);
    rejected(inbox.name(), reason, inbox.startFailure());
  }
}
