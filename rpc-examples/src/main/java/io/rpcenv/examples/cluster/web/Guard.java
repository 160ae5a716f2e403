// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cli.Listening;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Who may do what.
 *
 * <p>A page of another site can make a browser send requests here. It cannot change anything: it
 * does not know the token, and cannot set the header that carries it without asking first, which is
 * refused. Nor can it read anything: there is no CORS, and should it have its own name resolve to
 * this address (DNS rebinding), then the {@code Host} header gives it away.
 */
final class Guard {

  private static final String BEARER = "bearer ";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()");

  private final WebSettings settings;

  Guard(WebSettings settings) {
    this.settings = settings;
  }

  /** Puts on every response what keeps browsers from doing harm. */
  static void secure(Response response) {
    HEADERS.forEach((name, value) -> response.getHeaders().put(name, value));
  }

  /** Refuses what a page of another site sends. */
  void checkOrigin(Request request, boolean isApi) throws HttpError {
    HttpURI uri = request.getHttpURI();
    String host = uri.getHost();
    if (host == null || !isOurs(host)) {
      throw new HttpError(
          HttpError.MISDIRECTED,
          "Host: " + host + " (expected: this server's address, or localhost)");
    }
    HttpFields headers = request.getHeaders();
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null && !origin.equalsIgnoreCase(uri.getScheme() + "://" + uri.getAuthority())) {
      throw new HttpError(
          HttpError.FORBIDDEN, "Origin: " + origin + " (expected: this server's own page)");
    }
    String site = headers.get("Sec-Fetch-Site");
    if (isApi && site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new HttpError(
          HttpError.FORBIDDEN, "Sec-Fetch-Site: " + site + " (expected: this server's own page)");
    }
  }

  /** An address cannot be made to lead elsewhere; a name can, so only known ones will do. */
  private boolean isOurs(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return Listening.isLoopback(host)
        || host.equalsIgnoreCase(settings.host())
        || (!Listening.isLoopback(settings.host()) && isAddress(bare));
  }

  private static boolean isAddress(String host) {
    return host.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        || host.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  }

  /** Refuses who does not show the token. */
  void checkToken(Request request) throws HttpError {
    String shown = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    Optional<String> token =
        Optional.ofNullable(shown)
            .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(BEARER))
            .map(text -> text.substring(BEARER.length()).strip());
    if (token.filter(settings::isToken).isEmpty()) {
      throw new HttpError(
          HttpError.UNAUTHORIZED,
          "Authorization: "
              + (shown == null ? "nothing" : "another one")
              + " (expected: Bearer and the token that the master printed when it started)",
          Map.of("WWW-Authenticate", "Bearer realm=\"rpcenv\""));
    }
  }

  /** Refuses what a form of another site could send without asking first. */
  static void checkContentType(Request request) throws HttpError {
    HttpField type = request.getHeaders().getField(HttpHeader.CONTENT_TYPE);
    String text = type == null ? "nothing" : type.getValue();
    String bare = text.split(";", 2)[0].strip();
    if (!bare.equalsIgnoreCase("application/json")) {
      throw new HttpError(
          HttpError.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type: " + text + " (expected: application/json)");
    }
  }
}
