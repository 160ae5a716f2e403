// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An endpoint that logs its life and does what the test wants at each point. */
class Actor extends RpcEndpoint {

  @FunctionalInterface
  interface Part {
    void play() throws Exception;
  }

  private final List<String> log;
  private final Map<String, Part> parts = new ConcurrentHashMap<>();

  Actor(List<String> log) {
    this.log = log;
  }

  /** Says what to do at an entry of the log, as in "start" or a message. */
  final Actor at(String entry, Part part) {
    parts.put(entry, part);
    return this;
  }

  final void play(String entry) throws Exception {
    log.add(entry);
    Part part = parts.get(entry);
    if (part != null) {
      part.play();
    }
  }

  @Override
  public final void onStart() throws Exception {
    play("start");
  }

  @Override
  public final void receive(Object message) throws Exception {
    play((String) message);
  }

  @Override
  public final void onError(Throwable cause) throws Exception {
    play("error " + cause.getMessage());
  }

  @Override
  public final void onStop() throws Exception {
    play("stop");
  }

  /** One that hears of the network. */
  static final class Networked extends Actor {

    Networked(List<String> log) {
      super(log);
    }

    @Override
    public void onConnected(RpcAddress peer) throws Exception {
      play("connected " + peer.hostPort());
    }

    @Override
    public void onDisconnected(RpcAddress peer) throws Exception {
      play("disconnected " + peer.hostPort());
    }

    @Override
    public void onNetworkError(Throwable cause, RpcAddress peer) throws Exception {
      play("network error " + cause.getMessage() + " " + peer.hostPort());
    }
  }
}
