// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.RpcEnvListener.Kind;
import io.rpcenv.RpcEnvListener.MessageEvent;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.internal.dispatch.DispatchListener;
import io.rpcenv.internal.dispatch.DropCounters;
import io.rpcenv.internal.dispatch.UserMessage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the env's listeners what happens, and counts and reports what is lost. Thread-safe. */
final class EnvEvents implements DispatchListener {

  private static final Logger LOG = LoggerFactory.getLogger(EnvEvents.class);

  private final String envName;
  private final List<RpcEnvListener> listeners;
  private final long warnIntervalNanos;
  private final DropCounters dropped = new DropCounters();
  private final Map<DropReason, Warner> warners = new EnumMap<>(DropReason.class);

  EnvEvents(String envName, List<RpcEnvListener> listeners, long warnIntervalNanos) {
    this.envName = envName;
    this.listeners = listeners;
    this.warnIntervalNanos = warnIntervalNanos;
    for (DropReason reason : DropReason.values()) {
      warners.put(reason, new Warner());
    }
  }

  @Override
  public void posted(String endpoint, UserMessage message) {
    if (!listeners.isEmpty()) {
      MessageEvent event =
          new MessageEvent(endpoint, message.messageClass(), message.kind(), message.origin());
      tell(listener -> listener.onMessagePosted(event));
    }
  }

  @Override
  public void endpointStarted(String endpoint) {
    tell(listener -> listener.onEndpointStarted(endpoint));
  }

  @Override
  public void endpointStopped(String endpoint) {
    tell(listener -> listener.onEndpointStopped(endpoint));
  }

  /** Counts and reports a one-way message that is lost. */
  void dropped(String endpoint, String messageClass, Origin origin, DropReason reason) {
    dropped.count(reason);
    MessageEvent event = new MessageEvent(endpoint, messageClass, Kind.ONE_WAY, origin);
    tell(listener -> listener.onMessageDropped(event, reason));
    Warner warner = warners.get(reason);
    // What is lost because of the end is no news.
    if (warner != null && reason != DropReason.ENV_STOPPED) {
      warner.warn(event, reason);
    }
  }

  Map<DropReason, Long> droppedByReason() {
    return dropped.snapshot();
  }

  private void tell(Consumer<RpcEnvListener> event) {
    for (RpcEnvListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable t) {
        LOG.warn("[{}] listener [{}] failed", envName, listener, t);
      }
    }
  }

  /** Warns once per period, with how many were left out. */
  private final class Warner {

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong suppressed = new AtomicLong();

    void warn(MessageEvent event, DropReason reason) {
      long now = System.nanoTime();
      long due = next.get();
      if (now - due < 0 || !next.compareAndSet(due, now + warnIntervalNanos)) {
        suppressed.incrementAndGet();
        return;
      }
      LOG.warn(
          "[{}] a message of class [{}] for endpoint [{}] was dropped: [{}]; [{}] more since the last"
              + " such line (rpc.drop.warnInterval)",
          envName,
          event.messageClass(),
          event.endpoint(),
          reason,
          suppressed.getAndSet(0));
    }
  }
}
