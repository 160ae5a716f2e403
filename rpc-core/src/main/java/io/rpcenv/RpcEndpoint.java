// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named receiver of messages.
 *
 * <p>Life-cycle: constructor, {@link #onStart} exactly once, then {@link #receive}, {@link
 * #receiveAndReply} and the network hooks, then {@link #onStop} exactly once; nothing runs beside
 * {@code onStart} and {@code onStop}. By default an endpoint is serial: two of its methods never
 * run at the same time and each sees the writes of the one before, so its fields need no lock. See
 * {@link EndpointOptions} for the other ways to run.
 *
 * <p>What a hook throws goes to {@link #onError}; if it was handling an ask, the asker gets it,
 * too. An endpoint object belongs to one env for life.
 */
public abstract class RpcEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(RpcEndpoint.class);
  private static final VarHandle BINDING;

  static {
    try {
      BINDING =
          MethodHandles.lookup().findVarHandle(RpcEndpoint.class, "binding", EndpointBinding.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable EndpointBinding binding;

  /** Creates an endpoint that is not bound to an env yet. */
  protected RpcEndpoint() {}

  /**
   * Builds an endpoint from lambdas.
   *
   * @return a new builder
   */
  public static RpcEndpointBuilder handling() {
    return new RpcEndpointBuilder();
  }

  /**
   * Runs before the first message.
   *
   * @throws Exception if the endpoint cannot start: {@link #onError} and {@link #onStop} follow,
   *     and what was queued fails with the cause
   */
  public void onStart() throws Exception {}

  /**
   * Handles a message that was sent. The default refuses it.
   *
   * @param message the message, never null
   * @throws Exception what went wrong, for {@link #onError}
   */
  public void receive(Object message) throws Exception {
    throw unsupported(message);
  }

  /**
   * Handles a message that was asked. Answer through {@code call}, now or later. The default
   * refuses it.
   *
   * @param message the message, never null
   * @param call the way to answer
   * @throws Exception what went wrong: the asker gets it unless it was answered already, and so
   *     does {@link #onError}
   */
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    throw unsupported(message);
  }

  /**
   * Runs when the first connection with another env is there, before any message of that env.
   *
   * @param peer the other env's advertised address or, if it has no listener, its socket's
   * @throws Exception what went wrong, for {@link #onError}
   */
  public void onConnected(RpcAddress peer) throws Exception {}

  /**
   * Runs when the last connection with another env is gone, after all messages of that env. Never
   * for this env's own shutdown.
   *
   * @param peer the address that {@link #onConnected} got
   * @throws Exception what went wrong, for {@link #onError}
   */
  public void onDisconnected(RpcAddress peer) throws Exception {}

  /**
   * Runs when connecting to an env was given up.
   *
   * @param cause why
   * @param peer the address that was tried
   * @throws Exception what went wrong, for {@link #onError}
   */
  public void onNetworkError(Throwable cause, RpcAddress peer) throws Exception {}

  /**
   * Handles what another hook threw. The default logs it at WARN. What this throws is logged and
   * ignored.
   *
   * @param cause what was thrown
   * @throws Exception ignored, after it was logged
   */
  public void onError(Throwable cause) throws Exception {
    LOG.warn("{} failed", this, cause);
  }

  /**
   * Runs last: no other hook runs beside it or after it.
   *
   * <p>If the endpoint stops because its env shuts down, this env sends and asks no more: {@code
   * send} throws {@link RpcEnvStoppedException} here. Who is to be told goodbye is told before
   * {@link RpcEnv#shutdown()}. An endpoint that is stopped by itself may still send. Asks that were
   * left for later may still be answered here; shutdown does not wait for them any longer, and
   * their askers lose the connection.
   *
   * @throws Exception what went wrong, for {@link #onError}
   */
  public void onStop() throws Exception {}

  /**
   * Returns how this endpoint wants to run, unless {@code setupEndpoint} is told otherwise. Asked
   * once, when it is registered. Default: serial, on the shared dispatcher.
   */
  public EndpointOptions options() {
    return EndpointOptions.serial();
  }

  /**
   * Returns this endpoint's own reference, from {@link #onStart} up to, not in, {@link #onStop}.
   *
   * @throws IllegalStateException outside that time; the text names the endpoint and its state
   */
  public final RpcEndpointRef self() {
    return bound().self();
  }

  /**
   * Returns the env that hosts this endpoint.
   *
   * @throws IllegalStateException if it was never registered
   */
  public final RpcEnv rpcEnv() {
    return bound().env();
  }

  /**
   * Stops this endpoint: messages accepted before are handled, later ones refused, then {@link
   * #onStop} runs. Never blocks; stopping twice stops once.
   *
   * @throws IllegalStateException if it was never registered
   */
  public final void stop() {
    bound().stop();
  }

  private EndpointBinding bound() {
    EndpointBinding b = binding;
    if (b == null) {
      throw new IllegalStateException(
          "endpoint ["
              + getClass().getName()
              + "] is not registered (expected: after setupEndpoint)");
    }
    return b;
  }

  final void bind(EndpointBinding b) {
    if (!BINDING.compareAndSet(this, null, b)) {
      throw new IllegalStateException(
          "endpoint: " + this + " (expected: an endpoint object that was never registered)");
    }
  }

  private UnsupportedOperationException unsupported(Object message) {
    return new UnsupportedOperationException(
        this + " does not support a message of class [" + message.getClass().getName() + "]");
  }

  @Override
  public String toString() {
    EndpointBinding b = binding;
    return "endpoint [" + (b == null ? getClass().getName() : b.toString()) + "]";
  }
}
