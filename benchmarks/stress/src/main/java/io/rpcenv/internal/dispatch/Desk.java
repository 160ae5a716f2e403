// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An inbox that runs where the test says so: the runs it asks for are kept until somebody does. */
final class Desk implements InboxScheduler {

  private static final DispatchListener NOBODY =
      new DispatchListener() {
        @Override
        public void posted(String endpoint, UserMessage message) {}

        @Override
        public void endpointStarted(String endpoint) {}

        @Override
        public void endpointStopped(String endpoint) {}
      };

  private static final RpcEndpointRef SELF;
  private static final Dispatcher DISPATCHER;

  static {
    // Only for their names: the env has ended, the pool never had a thread.
    try (RpcEnv env = RpcEnv.builder("stress").build()) {
      SELF = env.setupEndpoint("desk", new RpcEndpoint() {});
      RpcConf conf = RpcConf.defaults();
      WorkerPool none = new WorkerPool("none-", 0, 0, conf, pool -> {});
      DISPATCHER =
          new Dispatcher(env, conf, NOBODY, (endpoint, inbox) -> {}, none, Optional.empty());
    }
  }

  private final AtomicInteger scheduled = new AtomicInteger();
  private final AtomicInteger terminations = new AtomicInteger();
  private final Tally endpoint;
  private final Inbox inbox;

  private Desk(int parallelism) {
    boolean serial = parallelism == 1;
    int unbounded = Integer.MAX_VALUE;
    endpoint = new Tally(serial);
    inbox =
        serial
            ? new SerialInbox(DISPATCHER, endpoint, SELF, this, unbounded)
            : new ParallelInbox(DISPATCHER, endpoint, SELF, this, unbounded, parallelism);
    inbox.prepare();
  }

  /** Makes one whose inbox is known to others and not launched. */
  static Desk prepared() {
    return new Desk(1);
  }

  /** Makes one whose serial endpoint is started and idle. */
  static Desk serial() {
    return new Desk(1).started();
  }

  /** Makes one whose endpoint handles two messages at once, is started and idle. */
  static Desk parallel() {
    return new Desk(2).started();
  }

  private Desk started() {
    launch();
    runAll();
    return this;
  }

  void launch() {
    inbox.launch();
  }

  void post(Letter letter) {
    DropReason reason = DISPATCHER.post(inbox, letter);
    if (reason != null) {
      letter.refused++;
    }
  }

  void stop() {
    DISPATCHER.stop(inbox);
  }

  boolean isScheduled() {
    return scheduled.get() > 0;
  }

  /** Does one run that was asked for; false if none was. */
  boolean runOne() {
    for (int n = scheduled.get(); n > 0; n = scheduled.get()) {
      if (scheduled.compareAndSet(n, n - 1)) {
        inbox.run();
        return true;
      }
    }
    return false;
  }

  /** Does the runs that were asked for, until there are none. */
  void runAll() {
    while (runOne()) {}
  }

  /** Returns the endpoint's stage, or what is wrong with its life or with the counters. */
  String end() {
    RpcEnvStats.Endpoint stats = inbox.stats();
    long dropped = stats.dropped().values().stream().mapToLong(Long::longValue).sum();
    if (stats.depth() != 0 || stats.posted() != stats.handled() + dropped) {
      return "posted is not handled + refused";
    }
    String life = endpoint.life();
    int ends = life.equals("stopped") ? 1 : 0;
    return terminations.get() == ends ? life : "ended " + terminations;
  }

  @Override
  public void schedule(Inbox inboxToRun) {
    scheduled.getAndIncrement();
  }

  @Override
  public void terminated() {
    terminations.getAndIncrement();
  }
}
