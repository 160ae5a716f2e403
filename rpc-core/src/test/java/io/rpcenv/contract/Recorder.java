// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers {@link Msg.Echo} and keeps what its hooks were called with; no network hook. */
public class Recorder extends RpcEndpoint {

  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  /** Returns what happened so far. */
  public final List<String> events() {
    return List.copyOf(events);
  }

  /** Returns what {@link #onError} got so far. */
  public final List<Throwable> errors() {
    return List.copyOf(errors);
  }

  /** Keeps something. */
  protected final void note(String event) {
    events.add(event);
  }

  /** Waits until so much has happened. */
  public final void awaitEvents(String... expected) {
    Eventually.awaitEqual(List.of(expected), this::events);
  }

  @Override
  public void onStart() throws Exception {
    note("start");
  }

  @Override
  public void receive(Object message) throws Exception {
    note("receive " + message);
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Msg.Echo echo) {
      note("ask " + echo.text());
      call.reply(echo.text());
    } else {
      super.receiveAndReply(message, call);
    }
  }

  @Override
  public void onError(Throwable cause) throws Exception {
    errors.add(cause);
  }

  @Override
  public void onStop() throws Exception {
    note("stop");
  }
}
