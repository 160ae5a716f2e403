// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRequest;
import io.rpcenv.RpcTimeout;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all references share: the eight ways to ask, and what makes two of them equal. */
abstract class AbstractEndpointRef extends RpcEndpointRef {

  private final RpcTimeout askTimeout;

  AbstractEndpointRef(RpcTimeout askTimeout) {
    this.askTimeout = askTimeout;
  }

  /** Returns the env that owns the endpoint, as far as known. */
  abstract EnvId envId();

  /** Asks; every failure but an invalid argument is in the future. */
  final <R> AskFuture<R> doAsk(Object message, Class<?> replyType, RpcTimeout timeout) {
    return doAsk(message, replyType, timeout, ask -> {});
  }

  /**
   * As {@link #doAsk(Object, Class, RpcTimeout)}.
   *
   * @param asked gets the future before a local endpoint can see the message
   */
  abstract <R> AskFuture<R> doAsk(
      Object message, Class<?> replyType, RpcTimeout timeout, Consumer<? super AskFuture<R>> asked);

  /** Returns the timer of this ref's env. */
  abstract LocalDeadlines deadlines();

  /** Returns the inbox that an ask waits for, if the endpoint is local. */
  abstract @Nullable Inbox localInbox();

  final RefIdentity identity() {
    return new RefIdentity(envId(), address(), name());
  }

  @Override
  public final <R> RpcFuture<R> ask(RpcRequest<R> request) {
    requireMessage(request);
    return doAsk(request, ReplyTypes.of(request.getClass()), askTimeout);
  }

  @Override
  public final <R> RpcFuture<R> ask(RpcRequest<R> request, Duration timeout) {
    requireMessage(request);
    return doAsk(request, ReplyTypes.of(request.getClass()), positive(timeout));
  }

  @Override
  public final <R> RpcFuture<R> ask(Object message, Class<R> replyType) {
    requireMessage(message);
    return doAsk(message, requireReplyType(replyType), askTimeout);
  }

  @Override
  public final <R> RpcFuture<R> ask(Object message, Class<R> replyType, Duration timeout) {
    requireMessage(message);
    return doAsk(message, requireReplyType(replyType), positive(timeout));
  }

  @Override
  public final <R> R askSync(RpcRequest<R> request) {
    requireMessage(request);
    return sync(request, ReplyTypes.of(request.getClass()), askTimeout);
  }

  @Override
  public final <R> R askSync(RpcRequest<R> request, Duration timeout) {
    requireMessage(request);
    return sync(request, ReplyTypes.of(request.getClass()), positive(timeout));
  }

  @Override
  public final <R> R askSync(Object message, Class<R> replyType) {
    requireMessage(message);
    return sync(message, requireReplyType(replyType), askTimeout);
  }

  @Override
  public final <R> R askSync(Object message, Class<R> replyType, Duration timeout) {
    requireMessage(message);
    return sync(message, requireReplyType(replyType), positive(timeout));
  }

  @Override
  public final <R> RpcFuture<R> askWithRetry(RpcRequest<R> request, RetryPolicy policy) {
    requireMessage(request);
    return retrying(request, ReplyTypes.of(request.getClass()), policy);
  }

  @Override
  public final <R> RpcFuture<R> askWithRetry(
      Object message, Class<R> replyType, RetryPolicy policy) {
    requireMessage(message);
    return retrying(message, requireReplyType(replyType), policy);
  }

  private <R> RpcFuture<R> retrying(Object message, Class<?> replyType, RetryPolicy policy) {
    EnvArguments.require("policy", policy, "when to ask again");
    return new RetryingAsk<R>(this, message, replyType, policy).start();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // R is what replyType erases
  private <R> R sync(Object message, Class<?> replyType, RpcTimeout timeout) {
    // Looked at before anything is sent: a wait that cannot be must not leave a request behind.
    SyncTarget target = new SyncTarget(localInbox());
    WaitGuard guard = WaitGuard.enter(target, "askSync of [" + uri() + "]");
    try {
      // Known before the message is: who handles it may wait for this endpoint as soon as it has
      // left the answer to others.
      return await(this.<R>doAsk(message, replyType, timeout, ask -> target.ask = ask));
    } finally {
      guard.end();
    }
  }

  /** Whose thread an askSync waits for: the endpoint's, until it leaves the answer to others. */
  private static final class SyncTarget implements Supplier<@Nullable Inbox> {

    private final @Nullable Inbox inbox;
    private volatile @Nullable AskFuture<?> ask;

    SyncTarget(@Nullable Inbox inbox) {
      this.inbox = inbox;
    }

    @Override
    public @Nullable Inbox get() {
      AskFuture<?> asked = ask;
      return asked == null ? inbox : asked.target();
    }
  }

  static <R> R await(AskFuture<R> future) {
    try {
      return future.awaitGuarded();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RpcException failure) {
        if (failure instanceof RpcTimeoutException) {
          failure.fillInStackTrace(); // who waited is known only here
        }
        throw failure;
      }
      throw new RpcAbortedException(
          Objects.requireNonNullElse(e.getCause(), e), future.mayHaveExecuted());
    } catch (InterruptedException e) {
      future.abort(e);
      Thread.currentThread().interrupt();
      throw new RpcAbortedException(e, future.mayHaveExecuted());
    }
  }

  static void requireMessage(@Nullable Object message) {
    if (message == null) {
      throw new IllegalArgumentException("message: null (expected: a message)");
    }
  }

  static void requireTimeout(@Nullable RpcTimeout timeout) {
    if (timeout == null) {
      throw new IllegalArgumentException("timeout: null (expected: a timeout)");
    }
  }

  private static RpcTimeout positive(@Nullable Duration timeout) {
    if (timeout == null || timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: above zero)");
    }
    return RpcTimeout.of(timeout);
  }

  private static <R> Class<R> requireReplyType(@Nullable Class<R> replyType) {
    if (replyType == null) {
      throw new IllegalArgumentException("replyType: null (expected: the class of the reply)");
    }
    return replyType;
  }

  /** Returns the endpoint's whole URI. */
  abstract String uri();

  @Override
  public final boolean equals(@Nullable Object other) {
    if (!(other instanceof AbstractEndpointRef that)) {
      return false;
    }
    if (!name().equals(that.name())) {
      return false;
    }
    boolean byAddress = address().isPresent() || that.address().isPresent();
    return byAddress ? address().equals(that.address()) : envId().equals(that.envId());
  }

  @Override
  public final int hashCode() {
    Object owner = address().isPresent() ? address() : envId();
    return (31 * name().hashCode()) + owner.hashCode();
  }

  @Override
  public final String toString() {
    return uri();
  }
}
