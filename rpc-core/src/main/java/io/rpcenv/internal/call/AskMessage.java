// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import io.rpcenv.DropReason;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.internal.dispatch.UserMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ask at its receiver: the message in the inbox and the way to answer it, in one object. It is
 * answered once, or the asker goes away first.
 */
public abstract class AskMessage extends UserMessage implements RpcCallContext {

  private static final Logger LOG = LoggerFactory.getLogger(AskMessage.class);

  private static final int WAITING = 0;
  private static final int ANSWERED = 1;
  private static final int GONE = 2;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(AskMessage.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through STATE
  private volatile int state;

  private @Nullable List<Runnable> cancelActions; // guarded by this

  /** Makes an ask that waits for its answer. */
  protected AskMessage() {}

  /** Carries the reply to the asker. Once. */
  protected abstract void answer(@Nullable Object response);

  /** Carries what a handler threw, or gave to {@code sendFailure}, to the asker. Once. */
  protected abstract void answerFailure(Throwable cause);

  /** Carries to the asker that the message was not handled. Once. */
  protected abstract void answerRejection(
      String endpoint, DropReason reason, @Nullable Throwable cause);

  @Override
  public final RpcEnvListener.Kind kind() {
    return RpcEnvListener.Kind.ASK;
  }

  @Override
  protected final void deliver(RpcEndpoint endpoint, Object payload) throws Exception {
    endpoint.receiveAndReply(payload, this);
  }

  @Override
  public final boolean reply(@Nullable Object response) {
    boolean claimed = claim();
    if (claimed) {
      answer(response);
    }
    return claimed;
  }

  @Override
  public final boolean sendFailure(Throwable cause) {
    Objects.requireNonNull(cause, "cause");
    boolean claimed = claim();
    if (claimed) {
      answerFailure(cause);
    }
    return claimed;
  }

  private boolean claim() {
    int before = (int) STATE.compareAndExchange(this, WAITING, ANSWERED);
    if (before == ANSWERED) {
      throw new IllegalStateException(
          "this ask of class [" + messageClass() + "] is answered already (expected: one answer)");
    }
    return before == WAITING;
  }

  @Override
  protected final void failed(Throwable cause) {
    if (STATE.compareAndSet(this, WAITING, ANSWERED)) {
      answerFailure(cause);
    }
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    if (STATE.compareAndSet(this, WAITING, ANSWERED)) {
      answerRejection(endpoint, reason, cause);
    }
  }

  @Override
  public final boolean isCancelled() {
    return (int) STATE.getAcquire(this) == GONE;
  }

  @Override
  public final void onCancel(Runnable action) {
    Objects.requireNonNull(action, "action");
    synchronized (this) {
      if (!isCancelled()) {
        if (cancelActions == null) {
          cancelActions = new ArrayList<>(1);
        }
        cancelActions.add(action);
        return;
      }
    }
    action.run();
  }

  /** Says that the asker has gone away. Any thread; only the first call before an answer counts. */
  public final void askerGone() {
    List<Runnable> actions;
    synchronized (this) {
      if (!STATE.compareAndSet(this, WAITING, GONE)) {
        return;
      }
      actions = cancelActions == null ? List.of() : cancelActions;
      cancelActions = null;
    }
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (Throwable t) {
        LOG.warn("onCancel of an ask of class [{}] failed", messageClass(), t);
      }
    }
  }
}
