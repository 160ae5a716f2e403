// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.serialization.EnvId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reference whose asks end as the test has said. */
final class ScriptedRef extends AbstractEndpointRef {

  final AtomicInteger asks = new AtomicInteger();
  final AtomicInteger cancelled = new AtomicInteger();
  private final BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
  private final LocalDeadlines deadlines;

  ScriptedRef(LocalDeadlines deadlines, Object... outcomes) {
    super(RpcTimeout.of(Duration.ofSeconds(9)));
    this.deadlines = deadlines;
    this.outcomes.addAll(java.util.List.of(outcomes));
  }

  @Override
  <R> AskFuture<R> doAsk(
      Object message,
      Class<?> replyType,
      RpcTimeout timeout,
      Consumer<? super AskFuture<R>> asked) {
    asks.incrementAndGet();
    Object outcome = outcomes.remove();
    if (outcome instanceof RpcException failure) {
      return SettledAsk.failed(failure);
    } else if (outcome.equals("pending")) {
      return new Pending<>(timeout);
    }
    @SuppressWarnings("unchecked")
    R reply = (R) outcome;
    return SettledAsk.succeeded(reply);
  }

  private final class Pending<R> extends AskFuture<R> {

    Pending(RpcTimeout timeout) {
      super(Object.class, timeout, 0);
    }

    @Override
    public void expired(long nowNanos) {}

    @Override
    protected void abandoned() {
      cancelled.incrementAndGet();
    }

    @Override
    public @Nullable Inbox target() {
      return null;
    }

    @Override
    protected String describe() {
      return "pending";
    }
  }

  @Override
  EnvId envId() {
    return new EnvId(1, 1);
  }

  @Override
  LocalDeadlines deadlines() {
    return deadlines;
  }

  @Override
  @Nullable Inbox localInbox() {
    return null;
  }

  @Override
  String uri() {
    return "rpc://e@peer:1";
  }

  @Override
  public Optional<RpcAddress> address() {
    return Optional.empty();
  }

  @Override
  public String name() {
    return "e";
  }

  @Override
  public void send(Object message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcEndpointRef withTimeout(RpcTimeout timeout) {
    throw new UnsupportedOperationException();
  }
}
