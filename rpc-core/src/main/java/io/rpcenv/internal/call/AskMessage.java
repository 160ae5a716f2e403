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
import java.util.ArrayDeque;
import java.util.Deque;
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

  /** Stands in the place of the actions once none is taken any more. */
  private static final CancelAction CLOSED = new CancelAction(() -> {}, null);

  private static final VarHandle STATE;
  private static final VarHandle ACTIONS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(AskMessage.class, "state", int.class);
      ACTIONS = lookup.findVarHandle(AskMessage.class, "cancelActions", CancelAction.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through STATE
  private volatile int state;

  /** The last registered one. No lock: this object is the handler's, which may lock it itself. */
  private volatile @Nullable CancelAction cancelActions;

  /** One registered action, and the one before. */
  private static final class CancelAction {

    private final Runnable action;
    private final @Nullable CancelAction previous;

    CancelAction(Runnable action, @Nullable CancelAction previous) {
      this.action = action;
      this.previous = previous;
    }
  }

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
    if (cause == null) {
      throw new IllegalArgumentException("cause: null (expected: what went wrong)");
    }
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
    boolean claimed = before == WAITING;
    if (claimed) {
      letGo();
    }
    return claimed;
  }

  private boolean claimIfWaiting() {
    boolean claimed = STATE.compareAndSet(this, WAITING, ANSWERED);
    if (claimed) {
      letGo();
    }
    return claimed;
  }

  /** Lets go of the actions and of all that they hold: the answer is here. */
  private void letGo() {
    ACTIONS.setRelease(this, CLOSED);
  }

  @Override
  protected final void failed(Throwable cause) {
    if (claimIfWaiting()) {
      answerFailure(cause);
    }
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    if (claimIfWaiting()) {
      answerRejection(endpoint, reason, cause);
    }
  }

  @Override
  public final boolean isCancelled() {
    return (int) STATE.getAcquire(this) == GONE;
  }

  @Override
  public final void onCancel(Runnable action) {
    if (action == null) {
      throw new IllegalArgumentException("action: null (expected: what to run)");
    }
    CancelAction last;
    do {
      last = cancelActions;
      if (last == CLOSED) {
        if (isCancelled()) {
          action.run();
        }
        return;
      }
    } while (!ACTIONS.compareAndSet(this, last, new CancelAction(action, last)));
  }

  /** Says that the asker has gone away. Any thread; only the first call before an answer counts. */
  public final void askerGone() {
    if (!STATE.compareAndSet(this, WAITING, GONE)) {
      return;
    }
    // What is registered before this runs here, what comes after it runs where it is registered.
    CancelAction last = (CancelAction) ACTIONS.getAndSet(this, CLOSED);
    Deque<Runnable> actions = new ArrayDeque<>(2);
    for (CancelAction a = last; a != null; a = a.previous) {
      actions.push(a.action);
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
