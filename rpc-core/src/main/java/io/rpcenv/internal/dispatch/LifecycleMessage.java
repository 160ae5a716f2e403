// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpoint;

/**
 * An event of an endpoint's life. It keeps its place among the messages but counts against no
 * bound, so that a full inbox can still be stopped (CELEBORN-1742), and it runs alone.
 */
abstract class LifecycleMessage extends InboxMessage {

  @Override
  final boolean exclusive() {
    return true;
  }

  @Override
  final boolean bounded() {
    return false;
  }

  @Override
  void refused(Inbox inbox, DropReason reason) {
    // Nobody waits for an event, and a second stop has nothing left to do.
  }

  static final class Start extends LifecycleMessage {
    @Override
    void run(InboxRun by, EndpointInvoker invoker) {
      invoker.start(by.inbox());
    }
  }

  static final class Stop extends LifecycleMessage {
    @Override
    void run(InboxRun by, EndpointInvoker invoker) {
      invoker.stop(by.inbox());
    }
  }

  /** A hook of the endpoint that has no answer. */
  @FunctionalInterface
  interface Hook {
    void run(RpcEndpoint endpoint) throws Exception;
  }

  static final class Event extends LifecycleMessage {

    private final Hook hook;

    private Event(Hook hook) {
      this.hook = hook;
    }

    static Event connected(RpcAddress peer) {
      return new Event(endpoint -> endpoint.onConnected(peer));
    }

    static Event disconnected(RpcAddress peer) {
      return new Event(endpoint -> endpoint.onDisconnected(peer));
    }

    static Event networkError(Throwable cause, RpcAddress peer) {
      return new Event(endpoint -> endpoint.onNetworkError(cause, peer));
    }

    @Override
    void run(InboxRun by, EndpointInvoker invoker) {
      invoker.event(by.inbox(), hook);
    }
  }
}
