// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRequest;
import io.rpcenv.RpcTimeout;
import java.time.Duration;
import java.util.Optional;

/** A reference that is only a name. */
final class FakeRef extends RpcEndpointRef {

  private final String name;

  FakeRef(String name) {
    this.name = name;
  }

  @Override
  public Optional<RpcAddress> address() {
    return Optional.empty();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Object message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> RpcFuture<R> ask(RpcRequest<R> request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> RpcFuture<R> ask(RpcRequest<R> request, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> RpcFuture<R> ask(Object message, Class<R> replyType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> RpcFuture<R> ask(Object message, Class<R> replyType, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> R askSync(RpcRequest<R> request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> R askSync(RpcRequest<R> request, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> R askSync(Object message, Class<R> replyType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> R askSync(Object message, Class<R> replyType, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> RpcFuture<R> askWithRetry(RpcRequest<R> request, RetryPolicy policy) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> RpcFuture<R> askWithRetry(Object message, Class<R> replyType, RetryPolicy policy) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RpcEndpointRef withTimeout(RpcTimeout timeout) {
    throw new UnsupportedOperationException();
  }
}
