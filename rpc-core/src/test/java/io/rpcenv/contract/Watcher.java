// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEnvListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what a listener is told. */
public final class Watcher implements RpcEnvListener {

  /** A dropped message. */
  public record Drop(MessageEvent event, DropReason reason) {}

  private final Queue<MessageEvent> posted = new ConcurrentLinkedQueue<>();
  private final Queue<Drop> dropped = new ConcurrentLinkedQueue<>();
  private final Queue<String> started = new ConcurrentLinkedQueue<>();
  private final Queue<String> stopped = new ConcurrentLinkedQueue<>();

  @Override
  public void onMessagePosted(MessageEvent event) {
    posted.add(event);
  }

  @Override
  public void onMessageDropped(MessageEvent event, DropReason reason) {
    dropped.add(new Drop(event, reason));
  }

  @Override
  public void onEndpointStarted(String endpoint) {
    started.add(endpoint);
  }

  @Override
  public void onEndpointStopped(String endpoint) {
    stopped.add(endpoint);
  }

  /** Returns the messages posted to an endpoint. */
  public List<MessageEvent> posted(String endpoint) {
    return posted.stream().filter(e -> e.endpoint().equals(endpoint)).toList();
  }

  /** Returns why messages for an endpoint were dropped. */
  public List<DropReason> dropped(String endpoint) {
    return dropped.stream()
        .filter(d -> d.event().endpoint().equals(endpoint))
        .map(Drop::reason)
        .toList();
  }

  /** Returns the dropped messages. */
  public List<Drop> dropped() {
    return List.copyOf(dropped);
  }

  /** Returns the endpoints that were started. */
  public List<String> started() {
    return List.copyOf(started);
  }

  /** Returns the endpoints that were stopped. */
  public List<String> stopped() {
    return List.copyOf(stopped);
  }
}
