// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.io.Serial;
import java.util.Map;

/** Ends a request with a status and a text; nothing was changed. */
final class HttpError extends Exception {

  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int TOO_LARGE = 413;
  static final int UNSUPPORTED_MEDIA_TYPE = 415;
  static final int MISDIRECTED = 421;
  static final int INTERNAL = 500;
  static final int NOT_IMPLEMENTED = 501;
  static final int UNAVAILABLE = 503;

  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  HttpError(int status, String message) {
    this(status, message, Map.of());
  }

  HttpError(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** Makes the error of a value: {@code name: value (expected: constraint)}. */
  static HttpError value(String name, String value, String expected) {
    String shown = value.length() <= 80 ? value : value.substring(0, 79) + "…";
    return new HttpError(BAD_REQUEST, name + ": " + shown + " (expected: " + expected + ")");
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }
}
