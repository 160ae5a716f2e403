// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the hooks of endpoints and decides what becomes of what they throw: the asker gets it first,
 * then {@code onError}; a {@link VirtualMachineError} goes on up to the thread after that.
 * Stateless; one per dispatcher.
 */
final class EndpointInvoker {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointInvoker.class);

  private final DispatchListener listener;

  EndpointInvoker(DispatchListener listener) {
    this.listener = listener;
  }

  void message(InboxRun by, UserMessage message) {
    if (by.isStopped()) {
      message.refused(by.inbox(), DropReason.ENDPOINT_STOPPED);
      return;
    }
    Object payload;
    try {
      payload = message.payload();
    } catch (Throwable t) {
      notDecodable(by.inbox(), message, t);
      return;
    }
    try {
      message.deliver(by.endpoint(), payload);
      message.returned();
      by.countHandled();
    } catch (Throwable t) {
      by.countFailed();
      try {
        tell(by.inbox(), message, () -> message.failed(t));
      } finally {
        handleError(by.inbox(), t);
      }
    }
  }

  private static void notDecodable(Inbox inbox, UserMessage message, Throwable cause) {
    inbox.countRefusedTaken(DropReason.NOT_DECODABLE);
    tell(inbox, message, () -> message.rejected(inbox.name(), DropReason.NOT_DECODABLE, cause));
    rethrowFatal(cause);
  }

  /** Gives an asker its failure; if even that fails, the endpoint still hears of the first one. */
  private static void tell(Inbox inbox, UserMessage message, Runnable answer) {
    try {
      answer.run();
    } catch (Throwable t) {
      warn("failing message [" + message.messageClass() + "] of", inbox, t);
      rethrowFatal(t);
    }
  }

  void start(Inbox inbox) {
    if (inbox.isStopped()) {
      return; // it could not be bound
    }
    inbox.becomeLive();
    try {
      inbox.endpoint().onStart();
      listener.endpointStarted(inbox.name());
    } catch (Throwable t) {
      inbox.startFailed(t);
      try {
        handleError(inbox, t);
      } finally {
        stop(inbox);
      }
    }
  }

  void stop(Inbox inbox) {
    if (inbox.isStopped()) {
      return; // onStart failed, and onStop has run
    }
    inbox.becomeStopped();
    try {
      inbox.endpoint().onStop();
    } catch (Throwable t) {
      handleError(inbox, t);
    } finally {
      try {
        listener.endpointStopped(inbox.name());
      } finally {
        inbox.terminated();
      }
    }
  }

  void event(Inbox inbox, LifecycleMessage.Hook hook) {
    if (inbox.isStopped()) {
      return;
    }
    try {
      hook.run(inbox.endpoint());
    } catch (Throwable t) {
      handleError(inbox, t);
    }
  }

  private static void handleError(Inbox inbox, Throwable cause) {
    RpcEndpoint endpoint = inbox.endpoint();
    try {
      endpoint.onError(cause);
    } catch (Throwable t) {
      warn("onError of", inbox, t);
    }
    rethrowFatal(cause);
  }

  private static void warn(String what, Inbox inbox, Throwable cause) {
    try {
      LOG.warn("[{}] {} endpoint [{}] failed", inbox.envName(), what, inbox.name(), cause);
    } catch (Throwable t) {
      // The logger reads the throwable, whose accessors may fail.
      String type = cause.getClass().getName();
      LOG.warn("[{}] {} endpoint [{}] failed: {}", inbox.envName(), what, inbox.name(), type);
    }
  }

  private static void rethrowFatal(Throwable cause) {
    if (cause instanceof VirtualMachineError fatal) {
      throw fatal;
    }
  }
}
