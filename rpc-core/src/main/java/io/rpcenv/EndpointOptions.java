// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.OptionalInt;

/**
 * How an endpoint is run: how many handlers at a time, on which threads, with how large an inbox.
 * The argument to {@code setupEndpoint} wins over the endpoint's own {@code options()}.
 *
 * @param parallelism how many handlers may run at the same time, from 1 (serial, the default);
 *     {@code onStart} and {@code onStop} always run alone
 * @param executor where handlers run; {@link EndpointExecutor#SHARED} by default
 * @param inboxCapacity how many messages may wait, from 1; empty (the default) means {@code
 *     rpc.inbox.capacity}
 */
public record EndpointOptions(
    int parallelism, EndpointExecutor executor, OptionalInt inboxCapacity) {

  private static final EndpointOptions SERIAL =
      new EndpointOptions(1, EndpointExecutor.SHARED, OptionalInt.empty());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is null, a number is below 1, or parallelism is above 1
   *     on the event loop
   */
  public EndpointOptions {
    Arguments.require("executor", executor, "where handlers run");
    Arguments.require("inboxCapacity", inboxCapacity, "a number, or empty");
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism: " + parallelism + " (expected: at least 1)");
    }
    if (parallelism > 1 && executor == EndpointExecutor.EVENT_LOOP) {
      throw new IllegalArgumentException(
          "parallelism: " + parallelism + " (expected: 1 on executor EVENT_LOOP)");
    }
    if (inboxCapacity.isPresent() && inboxCapacity.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "inboxCapacity: " + inboxCapacity.getAsInt() + " (expected: at least 1)");
    }
  }

  /**
   * Returns the defaults: one handler at a time, on shared threads, inbox as configured.
   *
   * @return the default options
   */
  public static EndpointOptions serial() {
    return SERIAL;
  }

  /**
   * Returns these options with another parallelism.
   *
   * @param handlers how many handlers may run at the same time, from 1
   * @return a new value
   * @throws IllegalArgumentException if below 1, or above 1 on the event loop
   */
  public EndpointOptions withParallelism(int handlers) {
    return new EndpointOptions(handlers, executor, inboxCapacity);
  }

  /**
   * Returns these options with another executor.
   *
   * @param where threads to run handlers on
   * @return a new value
   * @throws IllegalArgumentException if it is the event loop and parallelism is above 1
   */
  public EndpointOptions withExecutor(EndpointExecutor where) {
    return new EndpointOptions(parallelism, where, inboxCapacity);
  }

  /**
   * Returns these options with an inbox bound of its own.
   *
   * @param messages how many messages may wait, from 1
   * @return a new value
   * @throws IllegalArgumentException if below 1
   */
  public EndpointOptions withInboxCapacity(int messages) {
    return new EndpointOptions(parallelism, executor, OptionalInt.of(messages));
  }
}
