// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.time.Duration;
import java.util.Optional;

/**
 * The handle on an endpoint, here or in another env. Thread-safe, cheap to keep, and usable inside
 * messages at any depth.
 *
 * <p>Two refs are equal if they have the same address and name or, where the owner has no address,
 * the same env and name. Messages that one thread sends and asks through refs of one endpoint enter
 * its inbox in that order.
 *
 * <p>Delivery is at most once. {@code send} throws only for faults of the message or of this env:
 * {@link IllegalArgumentException} for the argument, {@link RpcSerializationException}, {@link
 * RpcMessageTooLargeException}, {@link RpcEnvStoppedException}, {@link RpcOverloadedException}
 * where the bound is on this side. That the target is gone is never thrown; such a message is
 * counted and reported to {@link RpcEnvListener}. {@code ask} throws only for invalid arguments;
 * all else ends the future.
 */
public abstract class RpcEndpointRef {

  /** Creates a ref; only an {@link RpcEnv} has use for that. */
  protected RpcEndpointRef() {}

  /** Returns the advertised address of the endpoint's env; empty if that env has no listener. */
  public abstract Optional<RpcAddress> address();

  /** Returns the endpoint's name. */
  public abstract String name();

  /**
   * Sends a message that is not answered. Encodes on the calling thread; never blocks.
   *
   * @param message the message
   */
  public abstract void send(Object message);

  /**
   * Asks, with the timeout {@code rpc.askTimeout}. Never blocks.
   *
   * @param request the message
   * @param <R> the reply
   * @return the future reply
   */
  public abstract <R> RpcFuture<R> ask(RpcRequest<R> request);

  /**
   * Asks, with a timeout of its own. Never blocks.
   *
   * @param request the message
   * @param timeout how long to wait, positive
   * @param <R> the reply
   * @return the future reply
   */
  public abstract <R> RpcFuture<R> ask(RpcRequest<R> request, Duration timeout);

  /**
   * Asks with any message, with the timeout {@code rpc.askTimeout}. Never blocks.
   *
   * @param message the message
   * @param replyType the class of the reply; a primitive's counts as its box
   * @param <R> the reply
   * @return the future reply
   */
  public abstract <R> RpcFuture<R> ask(Object message, Class<R> replyType);

  /**
   * Asks with any message and a timeout of its own. Never blocks.
   *
   * @param message the message
   * @param replyType the class of the reply; a primitive's counts as its box
   * @param timeout how long to wait, positive
   * @param <R> the reply
   * @return the future reply
   */
  public abstract <R> RpcFuture<R> ask(Object message, Class<R> replyType, Duration timeout);

  /**
   * Asks and blocks for the reply, at most {@code rpc.askTimeout}.
   *
   * @param request the message
   * @param <R> the reply
   * @return the reply, null if that was the reply
   * @throws RpcException if the ask failed; {@link RpcAbortedException} if this thread was
   *     interrupted, with its interrupt flag set
   * @throws IllegalStateException on a network thread, and where a serial endpoint would wait for
   *     itself
   */
  public abstract <R> R askSync(RpcRequest<R> request);

  /**
   * Asks and blocks for the reply, at most {@code timeout}.
   *
   * @param request the message
   * @param timeout how long to wait, positive
   * @param <R> the reply
   * @return the reply, null if that was the reply
   * @throws RpcException as {@link #askSync(RpcRequest)}
   * @throws IllegalStateException as {@link #askSync(RpcRequest)}
   */
  public abstract <R> R askSync(RpcRequest<R> request, Duration timeout);

  /**
   * Asks with any message and blocks for the reply, at most {@code rpc.askTimeout}.
   *
   * @param message the message
   * @param replyType the class of the reply
   * @param <R> the reply
   * @return the reply, null if that was the reply
   * @throws RpcException as {@link #askSync(RpcRequest)}
   * @throws IllegalStateException as {@link #askSync(RpcRequest)}
   */
  public abstract <R> R askSync(Object message, Class<R> replyType);

  /**
   * Asks with any message and blocks for the reply, at most {@code timeout}.
   *
   * @param message the message
   * @param replyType the class of the reply
   * @param timeout how long to wait, positive
   * @param <R> the reply
   * @return the reply, null if that was the reply
   * @throws RpcException as {@link #askSync(RpcRequest)}
   * @throws IllegalStateException as {@link #askSync(RpcRequest)}
   */
  public abstract <R> R askSync(Object message, Class<R> replyType, Duration timeout);

  /**
   * Asks again, as the policy says, when an attempt failed. Only failures that certainly did not
   * execute are retried, unless the policy says that the message is idempotent. Never blocks.
   *
   * @param request the message
   * @param policy attempts, interval, timeout of each attempt
   * @param <R> the reply
   * @return the future reply; its failure is that of the last attempt
   */
  public abstract <R> RpcFuture<R> askWithRetry(RpcRequest<R> request, RetryPolicy policy);

  /**
   * Asks again with any message, as {@link #askWithRetry(RpcRequest, RetryPolicy)}.
   *
   * @param message the message
   * @param replyType the class of the reply
   * @param policy attempts, interval, timeout of each attempt
   * @param <R> the reply
   * @return the future reply; its failure is that of the last attempt
   */
  public abstract <R> RpcFuture<R> askWithRetry(
      Object message, Class<R> replyType, RetryPolicy policy);

  /**
   * Returns an equal ref whose asks without a timeout of their own use {@code timeout} in place of
   * {@code rpc.askTimeout}.
   *
   * @param timeout the timeout and the key that controls it
   * @return the ref; this one is unchanged
   */
  public abstract RpcEndpointRef withTimeout(RpcTimeout timeout);
}
