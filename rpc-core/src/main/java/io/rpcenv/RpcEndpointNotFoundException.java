// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.Objects;

/** No endpoint of the asked name at the receiver. Not retriable; certainly not executed. */
public final class RpcEndpointNotFoundException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  private final String uri;

  /**
   * Creates the failure with the text {@code Cannot find endpoint: <uri>}.
   *
   * @param uri whole URI of the endpoint, as {@link RpcEndpointAddress#toString()} gives it
   */
  public RpcEndpointNotFoundException(String uri) {
    super("Cannot find endpoint: " + Objects.requireNonNull(uri, "uri"), null, false, false);
    this.uri = uri;
  }

  /**
   * Returns the whole URI that was asked for.
   *
   * @return URI of the endpoint that is not there
   */
  public String uri() {
    return uri;
  }
}
