// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.EnvThread;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.dispatch.Dispatcher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an env, on a thread of its own: asks fail, endpoints handle what they accepted and
 * stop, then sockets close and threads go. A handler that does not return is interrupted after a
 * while and left behind if it ignores that.
 */
final class Ending {

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** How long an interrupted handler, and then the sockets, get. */
  private static final long GRACE_MILLIS = 1_000;

  private final String envName;
  private final Dispatcher dispatcher;
  private final LocalDeadlines deadlines;
  private final Optional<Peers> peers;
  private final Optional<Network> network;
  private final ThreadsLease threads;
  private final Duration timeout;
  private final Thread thread;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Ending(
      String envName,
      Dispatcher dispatcher,
      LocalDeadlines deadlines,
      Optional<Peers> peers,
      Optional<Network> network,
      ThreadsLease threads,
      Duration timeout) {
    this.envName = envName;
    this.dispatcher = dispatcher;
    this.deadlines = deadlines;
    this.peers = peers;
    this.network = network;
    this.threads = threads;
    this.timeout = timeout;
    this.thread = new EnvThread(envName, "shutdown", this::work);
  }

  /**
   * Waits until nothing of the env is left, this end's own thread included.
   *
   * @param nanos how long at most, in nanoseconds
   * @return whether nothing is left
   */
  boolean await(long nanos) throws InterruptedException {
    try {
      ended.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("the end does not fail", e);
    }
    thread.join(); // it had nothing left to do
    return true;
  }

  /** Returns whether a thread is the one that makes the end. */
  boolean isThread(Thread other) {
    return other == thread;
  }

  /** Begins the end. Once, after new asks are refused. Never blocks. */
  void begin() {
    thread.start();
  }

  private void work() {
    try {
      CompletableFuture<Void> endpoints = dispatcher.stopAll();
      peers.ifPresent(Peers::stopAsking);
      failLocalAsks();
      awaitEndpoints(endpoints);
      boolean closed = endTransport();
      peers.ifPresent(Peers::discardRest);
      dispatcher.end(TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS));
      failLocalAsks();
      deadlines.end();
      deadlines.awaitEnd(TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS));
      threads.giveBack(closed ? EnvThreads.TRANSPORT_MILLIS : GRACE_MILLIS);
    } catch (InterruptedException e) {
      LOG.warn("[{}] the shutdown was interrupted; what is left is abandoned", envName, e);
    } catch (RuntimeException e) {
      LOG.error("[{}] the shutdown failed; what is left is abandoned", envName, e);
    } finally {
      threads.abandon();
      network.ifPresent(n -> n.serializer().close());
      ended.complete(null);
    }
  }

  private void failLocalAsks() {
    for (AskFuture<?> ask : deadlines.drain()) {
      ask.abort(new RpcEnvStoppedException(envName, true));
    }
  }

  private void awaitEndpoints(CompletableFuture<Void> endpoints) throws InterruptedException {
    if (!done(endpoints, timeout.toMillis())) {
      dispatcher.interruptHandlers();
      if (!done(endpoints, GRACE_MILLIS)) {
        dispatcher.abandonHandlers();
        done(endpoints, GRACE_MILLIS);
      }
    }
  }

  /** Closes connections and the listener; returns whether they are closed. */
  private boolean endTransport() throws InterruptedException {
    if (peers.isPresent() && !done(peers.get().drained(), GRACE_MILLIS)) {
      LOG.warn("[{}] a peer does not read; what was for it is dropped", envName);
    }
    peers.ifPresent(Peers::close);
    if (network.isPresent() && !done(endOf(network.get()), EnvThreads.TRANSPORT_MILLIS)) {
      LOG.warn("[{}] the transport did not end in [{}] ms", envName, EnvThreads.TRANSPORT_MILLIS);
      return false;
    }
    return true;
  }

  private static CompletableFuture<Void> endOf(Network network) {
    return network.transport().shutdown().toCompletableFuture();
  }

  private static boolean done(CompletableFuture<Void> future, long millis)
      throws InterruptedException {
    try {
      future.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      LOG.warn("a part of the env did not end well", e.getCause());
      return true;
    }
  }
}
