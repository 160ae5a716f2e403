// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.RpcAddress;
import io.rpcenv.transport.Transport;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a file is: {@code rpc://host:port/files/a%20name}.
 *
 * @param address address of the env that serves it
 * @param path the path on the wire: segments decoded, each after a slash
 */
record FileUri(RpcAddress address, String path) {

  private static final String SCHEME = "rpc://";
  private static final List<String> SCHEMES = List.of(SCHEME, "spark://");
  private static final String FORM =
      "rpc://host:port/path with %xx for all that is special in a URI";

  /** Writes a URI. */
  static String format(RpcAddress address, List<String> segments) {
    return segments.stream()
        .map(FileUri::encode)
        .collect(Collectors.joining("/", SCHEME + address.hostPort() + "/", ""));
  }

  /** Reads a URI; {@code spark://} is as good. */
  static FileUri parse(String uri) {
    String rest = withoutScheme(uri).orElseThrow(() -> invalid(uri, FORM));
    int slash = rest.indexOf('/');
    if (slash <= 0
        || rest.chars().anyMatch(c -> c == '?' || c == '#' || Character.isISOControl(c))) {
      throw invalid(uri, FORM);
    }
    String path =
        Stream.of(rest.substring(slash + 1).split("/", -1))
            .map(segment -> decode(uri, segment))
            .collect(Collectors.joining("/", "/", ""));
    if (path.getBytes(StandardCharsets.UTF_8).length > Transport.MAX_STREAM_PATH) {
      throw invalid(uri, "a path of at most " + Transport.MAX_STREAM_PATH + " bytes");
    }
    return new FileUri(address(uri, rest.substring(0, slash)), path);
  }

  private static RpcAddress address(String uri, String hostPort) {
    try {
      return RpcAddress.parse(hostPort);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(invalid(uri, FORM).getMessage(), e);
    }
  }

  private static Optional<String> withoutScheme(String uri) {
    return SCHEMES.stream()
        .filter(scheme -> uri.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(scheme -> uri.substring(scheme.length()))
        .findFirst();
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String uri, String segment) {
    String decoded = unescape(segment).orElseThrow(() -> invalid(uri, FORM));
    if (decoded.indexOf('/') >= 0) {
      throw invalid(uri, "no slash among what is encoded");
    }
    return decoded;
  }

  /** Reads {@code %xx}; empty if what follows a percent sign is something else. */
  static Optional<String> unescape(String segment) {
    try {
      return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException invalid(String uri, String expected) {
    String shown = uri.length() > 200 ? uri.substring(0, 200) + "..." : uri;
    return new IllegalArgumentException(
        "uri: " + shown.replaceAll("\\p{Cntrl}", "?") + " (expected: " + expected + ")");
  }
}
