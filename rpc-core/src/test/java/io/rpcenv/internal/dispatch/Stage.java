// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.testing.FakeRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A dispatcher, and a scheduler that runs inboxes when the test says so. */
final class Stage implements DispatchListener, AutoCloseable {

  static final EndpointOptions STEPPED =
      EndpointOptions.serial().withExecutor(EndpointExecutor.EVENT_LOOP);

  final List<String> log = new CopyOnWriteArrayList<>();
  final ManualScheduler scheduler = new ManualScheduler();
  final WorkerPool shared;
  final Dispatcher dispatcher;
  final AtomicInteger posted = new AtomicInteger();
  Runnable beforeBind = () -> {};

  Stage() {
    this(4);
  }

  Stage(int maxSpares) {
    RpcConf conf =
        RpcConf.builder()
            .set(RpcConfKeys.DISPATCHER_THREADS, 2)
            .set(RpcConfKeys.MAX_SPARE_THREADS, maxSpares)
            .set(RpcConfKeys.INBOX_CAPACITY, 1000)
            .build();
    shared = WorkerPool.shared("stage", conf);
    dispatcher =
        new Dispatcher(
            new FakeEnv("stage"), conf, this, this::bind, shared, Optional.of(scheduler));
  }

  private void bind(RpcEndpoint endpoint, Inbox inbox) {
    beforeBind.run();
    FakeEnv.bindTo(endpoint, inbox);
  }

  /** Registers an endpoint that is stepped. */
  Inbox register(RpcEndpoint endpoint) {
    return register("e", endpoint, STEPPED);
  }

  Inbox register(String name, RpcEndpoint endpoint, EndpointOptions options) {
    dispatcher.register(new FakeRef(name), endpoint, options);
    return dispatcher.find(name);
  }

  /** Registers an endpoint that is stepped, and starts it. */
  Inbox start(RpcEndpoint endpoint) {
    Inbox inbox = register(endpoint);
    scheduler.runAll();
    return inbox;
  }

  /** Makes an inbox of a parallel endpoint that is stepped; it is not launched. */
  ParallelInbox parallel(RpcEndpoint endpoint, int parallelism, int capacity) {
    ParallelInbox inbox =
        new ParallelInbox(dispatcher, endpoint, new FakeRef("p"), scheduler, capacity, parallelism);
    FakeEnv.bindTo(endpoint, inbox);
    inbox.prepare();
    return inbox;
  }

  DropReason post(Inbox inbox, String text) {
    return dispatcher.post(inbox, new Note(text, log));
  }

  @Override
  public void posted(String endpoint, UserMessage message) {
    posted.incrementAndGet();
  }

  @Override
  public void endpointStarted(String endpoint) {
    log.add("started " + endpoint);
  }

  @Override
  public void endpointStopped(String endpoint) {
    log.add("stopped " + endpoint);
  }

  @Override
  public void close() {
    try {
      dispatcher.end(1_000_000_000L);
      shared.end();
      shared.awaitEnd(1_000_000_000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
