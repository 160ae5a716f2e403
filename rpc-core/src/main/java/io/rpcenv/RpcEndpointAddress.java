// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Optional;

/**
 * Where an endpoint is: its name, and the address of its environment unless that has no listener.
 *
 * @param address address of the environment; empty for one in client mode
 * @param name name of the endpoint: not empty, at most 1024 UTF-8 bytes, no control characters
 */
public record RpcEndpointAddress(Optional<RpcAddress> address, String name) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is not valid
   */
  public RpcEndpointAddress {
    Arguments.require("address", address, "the address of an env, or empty");
    EndpointNames.require(name);
  }

  /**
   * Returns the address of an endpoint in an environment that listens.
   *
   * @param address address of the environment
   * @param name name of the endpoint
   * @return the endpoint's address
   * @throws IllegalArgumentException if the name is not valid
   */
  public static RpcEndpointAddress of(RpcAddress address, String name) {
    Arguments.require("address", address, "the address of an env");
    return new RpcEndpointAddress(Optional.of(address), name);
  }

  /**
   * Returns the address of an endpoint in an environment without a listener.
   *
   * @param name name of the endpoint
   * @return the endpoint's address
   * @throws IllegalArgumentException if the name is not valid
   */
  public static RpcEndpointAddress ofClient(String name) {
    return new RpcEndpointAddress(Optional.empty(), name);
  }

  /**
   * Reads {@code rpc://endpoint@host:port}, {@code spark://endpoint@host:port} or {@code
   * rpc-client://endpoint}. The last {@code @} separates; {@code %xx} in the name is decoded.
   *
   * @param uri what to read
   * @return the endpoint's address
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static RpcEndpointAddress parse(String uri) {
    return RpcUri.endpoint(uri);
  }

  /** Returns the URI that {@link #parse} reads back, the name percent-encoded where it must be. */
  @Override
  public String toString() {
    String encoded = EndpointNames.encode(name);
    return address
        .map(a -> RpcUri.SCHEME + encoded + "@" + a.hostPort())
        .orElse(RpcUri.CLIENT_SCHEME + encoded);
  }
}
