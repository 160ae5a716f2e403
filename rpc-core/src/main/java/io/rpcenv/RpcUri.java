// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the texts of addresses: {@code host:port} and URIs of environments and endpoints. */
final class RpcUri {

  /** Scheme of an endpoint or environment that has an address. */
  static final String SCHEME = "rpc://";

  /** Scheme of an endpoint in an environment without a listener. */
  static final String CLIENT_SCHEME = "rpc-client://";

  private static final List<String> ADDRESS_SCHEMES = List.of(SCHEME, "spark://");
  private static final String ENDPOINT_FORMS =
      "rpc://endpoint@host:port or rpc-client://endpoint, an IPv6 host in brackets";
  private static final String ADDRESS_FORMS =
      "host:port or rpc://host:port, an IPv6 host in brackets";

  private RpcUri() {}

  /** Reads the address of an environment, with or without a scheme. */
  static RpcAddress address(String text) {
    Arguments.require("address", text, ADDRESS_FORMS);
    return hostPort(
        withoutScheme(text).orElse(text), () -> invalid("address", text, ADDRESS_FORMS));
  }

  /** Reads the URI of an endpoint. */
  static RpcEndpointAddress endpoint(String uri) {
    Arguments.require("uri", uri, ENDPOINT_FORMS);
    if (startsWith(uri, CLIENT_SCHEME)) {
      String name = uri.substring(CLIENT_SCHEME.length());
      if (name.indexOf('@') >= 0) {
        throw invalid("uri", uri, "rpc-client://endpoint without an address");
      }
      return RpcEndpointAddress.ofClient(EndpointNames.decode(name));
    }
    String rest = withoutScheme(uri).orElseThrow(() -> invalid("uri", uri, ENDPOINT_FORMS));
    int at = rest.lastIndexOf('@');
    if (at < 0) {
      throw invalid("uri", uri, ENDPOINT_FORMS);
    }
    RpcAddress address =
        hostPort(rest.substring(at + 1), () -> invalid("uri", uri, ENDPOINT_FORMS));
    return RpcEndpointAddress.of(address, EndpointNames.decode(rest.substring(0, at)));
  }

  private static Optional<String> withoutScheme(String text) {
    return ADDRESS_SCHEMES.stream()
        .filter(scheme -> startsWith(text, scheme))
        .map(scheme -> text.substring(scheme.length()))
        .findFirst();
  }

  private static boolean startsWith(String text, String scheme) {
    return text.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static RpcAddress hostPort(String text, Supplier<IllegalArgumentException> malformed) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    String port = text.substring(colon + 1);
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    if (host.isEmpty() || bareIpv6 || !port.matches("[0-9]{1,9}")) {
      throw malformed.get();
    }
    return RpcAddress.of(host, Integer.parseInt(port));
  }

  private static IllegalArgumentException invalid(String what, String text, String expected) {
    return new IllegalArgumentException(
        what + ": " + EndpointNames.printable(text) + " (expected: " + expected + ")");
  }
}
