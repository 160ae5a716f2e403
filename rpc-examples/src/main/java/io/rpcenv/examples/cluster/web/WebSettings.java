// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where the web page is, and who may change anything.
 *
 * @param host what to bind
 * @param port what to bind, 0 for any free one
 * @param token what a request must show to change anything
 */
public record WebSettings(String host, int port, String token) {

  /** The least length of a token that is not random. */
  static final int MIN_TOKEN = 16;

  /** Returns a token that nobody can guess. */
  public static String randomToken() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Compares in a time that does not depend on how much of it is right. */
  boolean isToken(String text) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "WebSettings[host=" + host + ", port=" + port + "]";
  }
}
