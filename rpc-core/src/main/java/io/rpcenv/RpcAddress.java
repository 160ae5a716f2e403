// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/**
 * Host and port at which an environment is reached. Never looks a name up.
 *
 * <p>An IPv6 literal is kept as RFC 5952 writes it (compressed, lower case, without brackets; a
 * zone id stays), so that equal addresses are equal values. Other hosts stay as given; {@code _} is
 * allowed in them.
 *
 * @param host host name, IPv4 literal, or IPv6 literal without brackets
 * @param port from 1 to 65535
 */
public record RpcAddress(String host, int port) {

  /**
   * Checks both and brings an IPv6 literal, with or without brackets, into its one form.
   *
   * @throws IllegalArgumentException if the host is no host or the port not in 1..65535
   */
  public RpcAddress {
    host = HostText.canonical(host);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1..65535)");
    }
  }

  /**
   * Returns the address of a host and a port.
   *
   * @param host host name, IPv4 literal, or IPv6 literal with or without brackets
   * @param port from 1 to 65535
   * @return the address
   * @throws IllegalArgumentException if one of them is not valid
   */
  public static RpcAddress of(String host, int port) {
    return new RpcAddress(host, port);
  }

  /**
   * Reads {@code host:port}, {@code rpc://host:port} or {@code spark://host:port}; an IPv6 literal
   * stands in brackets.
   *
   * @param text what to read
   * @return the address
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static RpcAddress parse(String text) {
    return RpcUri.address(text);
  }

  /**
   * Returns {@code host:port}, an IPv6 literal in brackets.
   *
   * @return text that {@link #parse} reads back
   */
  public String hostPort() {
    return HostText.bracketed(host) + ":" + port;
  }

  /** Returns {@link #hostPort()}. */
  @Override
  public String toString() {
    return hostPort();
  }
}
