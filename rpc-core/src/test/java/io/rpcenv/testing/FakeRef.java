// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRequest;
import io.rpcenv.RpcTimeout;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import java.time.Duration;
import java.util.Optional;

/** A reference that only says whose it is. */
public final class FakeRef extends RpcEndpointRef {

  private final RefIdentity identity;

  /**
   * Makes a reference to nowhere.
   *
   * @param name its name
   */
  public FakeRef(String name) {
    this(new RefIdentity(new EnvId(0, 0), Optional.empty(), name));
  }

  /**
   * Makes a reference.
   *
   * @param identity whose it is
   */
  public FakeRef(RefIdentity identity) {
    this.identity = identity;
  }

  /** Returns whose it is. */
  public RefIdentity identity() {
    return identity;
  }

  @Override
  public Optional<RpcAddress> address() {
    return identity.address();
  }

  @Override
  public String name() {
    return identity.name();
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
