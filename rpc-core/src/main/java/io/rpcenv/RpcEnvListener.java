// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/**
 * Watches what happens in an env. Every method has a default that does nothing; what one throws is
 * logged and ignored. Methods run on whatever thread the event happened on, network threads
 * included, at the same time from several threads, and must not block.
 */
public interface RpcEnvListener {

  /** How a message expects to be treated. */
  enum Kind {
    /** Sent: no answer. */
    ONE_WAY,
    /** Asked: one answer. */
    ASK
  }

  /** Where a message came from. */
  enum Origin {
    /** From this env. */
    LOCAL,
    /** Over the transport. */
    REMOTE
  }

  /**
   * One message on its way to one endpoint of this env.
   *
   * @param endpoint the endpoint's name
   * @param messageClass the name of the message's class; known without decoding the body
   * @param kind sent or asked
   * @param origin local or remote
   */
  record MessageEvent(String endpoint, String messageClass, Kind kind, Origin origin) {}

  /**
   * Runs for every message posted to an endpoint of this env, before it is handled.
   *
   * @param event the message
   */
  default void onMessagePosted(MessageEvent event) {}

  /**
   * Runs for every one-way message that will not be handled, wherever it was lost.
   *
   * @param event the message; {@code endpoint} is the name it was meant for
   * @param reason why
   */
  default void onMessageDropped(MessageEvent event, DropReason reason) {}

  /**
   * Runs after an endpoint's {@code onStart}.
   *
   * @param endpoint the endpoint's name
   */
  default void onEndpointStarted(String endpoint) {}

  /**
   * Runs after an endpoint's {@code onStop}.
   *
   * @param endpoint the endpoint's name
   */
  default void onEndpointStopped(String endpoint) {}
}
