// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.internal.outbound.Route;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an endpoint of another env: messages are encoded here and go by the one path to
 * that env, or, if it has no listener, by the connection that it has open here.
 */
final class RemoteEndpointRef extends AbstractEndpointRef {

  private final RemotePath path;
  private final RefIdentity identity;

  /** Built once, by whoever needs it first: each ask carries it for its texts. */
  private @Nullable String uri;

  /** Found once, by whoever needs it first, and again when its path is retired. */
  private @Nullable Route route;

  RemoteEndpointRef(RemotePath path, RefIdentity identity, RpcTimeout askTimeout) {
    super(askTimeout);
    this.path = path;
    this.identity = identity;
  }

  @Override
  EnvId envId() {
    return identity.envId();
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
  LocalDeadlines deadlines() {
    return path.deadlines();
  }

  @Override
  @Nullable Inbox localInbox() {
    return null;
  }

  @Override
  public void send(Object message) {
    requireMessage(message);
    path.send(this, message);
  }

  @Override
  <R> AskFuture<R> doAsk(
      Object message,
      Class<?> replyType,
      RpcTimeout timeout,
      Consumer<? super AskFuture<R>> asked) {
    AskFuture<R> ask = path.ask(this, message, replyType, timeout);
    asked.accept(ask);
    return ask;
  }

  /** Returns the way there; null if its env does not listen and is not connected. */
  @Nullable Route route() {
    Route known = route;
    if (known == null || known.path().isRetired()) {
      known = path.route(identity);
      if (identity.address().isPresent()) {
        // To an env without a listener the next connection is another way.
        route = known;
      }
    }
    return known;
  }

  @Override
  public RpcEndpointRef withTimeout(RpcTimeout timeout) {
    requireTimeout(timeout);
    return new RemoteEndpointRef(path, identity, timeout);
  }

  @Override
  String uri() {
    String built = uri;
    if (built == null) {
      built = new RpcEndpointAddress(identity.address(), identity.name()).toString();
      uri = built;
    }
    return built;
  }
}
