// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The endpoint stopped before it handled the message. Not retriable; certainly not executed. */
public final class RpcEndpointStoppedException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  private final String endpoint;

  /**
   * Creates the failure with the text {@code Endpoint [<endpoint>] is stopped}.
   *
   * @param endpoint name or URI of the endpoint
   */
  public RpcEndpointStoppedException(String endpoint) {
    this(endpoint, null);
  }

  /**
   * Creates the failure of an endpoint that something else ended, such as a failing {@code
   * onStart}.
   *
   * @param endpoint name or URI of the endpoint
   * @param cause why it stopped, or null if it was asked to
   */
  public RpcEndpointStoppedException(String endpoint, @Nullable Throwable cause) {
    super(
        "Endpoint [" + Objects.requireNonNull(endpoint, "endpoint") + "] is stopped",
        cause,
        false,
        false);
    this.endpoint = endpoint;
  }

  /** Returns the name or URI of the endpoint. */
  public String endpoint() {
    return endpoint;
  }
}
