// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

/** Told by the dispatcher what happens to endpoints and messages. Any thread; never throws. */
public interface DispatchListener {

  /**
   * Runs before a message is put into an inbox.
   *
   * @param endpoint the endpoint's name
   * @param message the message
   */
  void posted(String endpoint, UserMessage message);

  /**
   * Runs after {@code onStart}.
   *
   * @param endpoint the endpoint's name
   */
  void endpointStarted(String endpoint);

  /**
   * Runs after {@code onStop}.
   *
   * @param endpoint the endpoint's name
   */
  void endpointStopped(String endpoint);
}
