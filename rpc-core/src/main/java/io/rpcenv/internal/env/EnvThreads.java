// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcThreads;
import io.rpcenv.internal.call.DeadlineTimer;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.internal.dispatch.InboxScheduler;
import io.rpcenv.internal.dispatch.LoopScheduler;
import io.rpcenv.internal.dispatch.WorkerPool;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.transport.LoopThread;
import io.rpcenv.transport.TransportProvider;
import io.rpcenv.transport.TransportThreads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one env, or of several that share them. What ends with an env is the env's; this
 * only knows which envs use it.
 */
final class EnvThreads extends RpcThreads {

  private static final Logger LOG = LoggerFactory.getLogger(EnvThreads.class);

  /** How long what runs last on dispatcher threads and timer gets. */
  private static final long GRACE_MILLIS = 1_000;

  /** How long network threads get. */
  static final long TRANSPORT_MILLIS = 5_000;

  private static final int NAMED_USERS = 10;

  private final String name;
  private final RpcConf conf;
  private final WorkerPool dispatcher;
  private final DeadlineTimer timer;
  private final Optional<TransportThreads> network;
  private final Optional<InboxScheduler> loops;
  private final Map<EnvId, String> users = new LinkedHashMap<>(); // guarded by itself
  private boolean closed; // guarded by users

  private EnvThreads(String name, RpcConf conf, Optional<TransportThreads> network) {
    this.name = name;
    this.conf = conf;
    this.network = network;
    this.loops = network.map(LoopScheduler::new);
    this.dispatcher = WorkerPool.shared(name, conf);
    this.timer = new DeadlineTimer(name);
  }

  /** Starts threads; without a transport none for the network. */
  static EnvThreads start(String name, RpcConf conf, Optional<TransportProvider> transport) {
    return new EnvThreads(name, conf, transport.map(t -> t.createThreads(name, conf)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RpcConf conf() {
    return conf;
  }

  WorkerPool dispatcher() {
    return dispatcher;
  }

  DeadlineTimer timer() {
    return timer;
  }

  Optional<TransportThreads> network() {
    return network;
  }

  /** Returns what runs inboxes on the network threads. */
  Optional<InboxScheduler> loops() {
    return loops;
  }

  /** Returns whether the calling thread is one that all envs here have only so many of. */
  boolean isTimerOrNetwork() {
    Thread thread = Thread.currentThread();
    return timer.isTimer(thread)
        || (thread instanceof LoopThread loop
            && network.isPresent()
            && loop.threads() == network.get());
  }

  // Users

  void enter(EnvId envId, String envName) {
    synchronized (users) {
      if (closed) {
        throw new IllegalStateException("threads [" + name + "] are closed (expected: open ones)");
      }
      users.put(envId, envName);
    }
  }

  void leave(EnvId envId) {
    synchronized (users) {
      users.remove(envId);
    }
  }

  @Override
  public void close() {
    WaitGuard guard = WaitGuard.enter("close of threads [" + name + "]");
    try {
      refuseUsers();
      end(TRANSPORT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      guard.end();
    }
  }

  /** Lets no env in any more, if none is here. */
  private void refuseUsers() {
    synchronized (users) {
      if (!users.isEmpty()) {
        List<String> some = users.values().stream().limit(NAMED_USERS).toList();
        throw new IllegalStateException(
            "threads ["
                + name
                + "] are used by "
                + users.size()
                + (users.size() == 1 ? " env: " : " envs: ")
                + some
                + " (expected: closed after the last env on them has ended)");
      }
      closed = true;
    }
  }

  /**
   * Ends the threads, of which nobody has need any more, and waits for them.
   *
   * @param networkMillis how long network threads get
   */
  void end(long networkMillis) throws InterruptedException {
    endLater();
    dispatcher.awaitEnd(TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS));
    timer.awaitEnd(TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS));
    if (network.isPresent()
        && !network.get().awaitEnd(TimeUnit.MILLISECONDS.toNanos(networkMillis))) {
      LOG.warn("[{}] network threads did not end in [{}] ms", name, networkMillis);
    }
  }

  /** Ends the threads without waiting. */
  void endLater() {
    dispatcher.end();
    timer.end();
    network.ifPresent(TransportThreads::shutdown);
  }
}
