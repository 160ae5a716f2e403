// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.serialization.EnvId;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reference to an endpoint of this env: messages go to its inbox as they are. */
final class LocalEndpointRef extends AbstractEndpointRef {

  private static final WeakReference<Inbox> NONE = new WeakReference<>(null);

  private final LocalPath path;
  private final String name;

  /**
   * The inbox last seen under the name: saves the look-up as long as it is open. Weak, so that a
   * reference that is not used keeps no endpoint that has stopped.
   */
  private volatile WeakReference<Inbox> lastSeen = NONE;

  LocalEndpointRef(LocalPath path, String name, RpcTimeout askTimeout) {
    super(askTimeout);
    this.path = path;
    this.name = name;
  }

  boolean isOf(LocalPath other) {
    return path.envId().equals(other.envId());
  }

  @Override
  EnvId envId() {
    return path.envId();
  }

  @Override
  public Optional<RpcAddress> address() {
    return path.address();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  LocalDeadlines deadlines() {
    return path.deadlines();
  }

  @Override
  @Nullable Inbox localInbox() {
    Inbox inbox = lastSeen.get();
    if (inbox == null || !inbox.isOpen()) {
      inbox = path.dispatcher().find(name);
      lastSeen = inbox == null ? NONE : new WeakReference<>(inbox);
    }
    return inbox;
  }

  @Override
  public void send(Object message) {
    requireMessage(message);
    if (path.isStopping()) {
      throw new RpcEnvStoppedException(path.envName(), false);
    }
    LocalSend send = new LocalSend(path.events(), message);
    Inbox inbox = localInbox();
    DropReason reason =
        inbox == null ? DropReason.NO_SUCH_ENDPOINT : path.dispatcher().post(inbox, send);
    if (reason == DropReason.INBOX_FULL) {
      throw new RpcOverloadedException("the inbox of [" + uri() + "] is full (rpc.inbox.capacity)");
    } else if (reason != null) {
      path.events().dropped(name, send.messageClass(), Origin.LOCAL, reason);
    }
  }

  @Override
  <R> AskFuture<R> doAsk(
      Object message,
      Class<?> replyType,
      RpcTimeout timeout,
      Consumer<? super AskFuture<R>> asked) {
    Inbox inbox = localInbox();
    LocalAsk.Asker<R> asker =
        LocalAsk.of(message, this, inbox, replyType, timeout, path.deadlines());
    asked.accept(asker);
    if (path.isStopping()) {
      // Not taken in: the end fails what it finds there as if it might have been handled.
      return asker.refused(new RpcEnvStoppedException(path.envName(), false));
    }
    path.deadlines().add(asker);
    if (path.isStopping()) {
      // Looked at after the deadline took it in: either this or the env's end sees the other.
      return asker.refused(new RpcEnvStoppedException(path.envName(), false));
    }
    DropReason reason =
        inbox == null
            ? DropReason.NO_SUCH_ENDPOINT
            : path.dispatcher().post(inbox, asker.message());
    if (reason != null) {
      asker.message().rejected(name, reason, inbox == null ? null : inbox.startFailure());
    }
    return asker;
  }

  @Override
  public RpcEndpointRef withTimeout(RpcTimeout timeout) {
    requireTimeout(timeout);
    return new LocalEndpointRef(path, name, timeout);
  }

  @Override
  String uri() {
    return path.uri(name);
  }
}
