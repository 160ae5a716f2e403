// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Rules for names of endpoints, and their form inside a URI. */
final class EndpointNames {

  /** Name of the endpoint that every environment has itself, which tells what endpoints exist. */
  static final String VERIFIER = "endpoint-verifier";

  private static final int MAX_BYTES = 1024;
  private static final int SHOWN = 80;
  private static final String UNRESERVED = "-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private EndpointNames() {}

  /** Returns the name if it is one, reserved ones included. */
  static String require(String name) {
    Arguments.require("name", name, "the name of an endpoint");
    if (name.isEmpty()) {
      throw invalid(name, "not empty");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw invalid(name, "no control characters");
    }
    if (utf8(name).remaining() > MAX_BYTES) {
      throw invalid(name, "at most " + MAX_BYTES + " bytes of UTF-8");
    }
    return name;
  }

  /** Returns the name if a user's endpoint may have it. */
  static String requireUser(String name) {
    if (require(name).equals(VERIFIER)) {
      throw invalid(name, "not a reserved name");
    }
    return name;
  }

  /** Writes a name so that it can stand in a URI: all but unreserved ASCII becomes {@code %xx}. */
  static String encode(String name) {
    ByteBuffer bytes = utf8(name);
    StringBuilder out = new StringBuilder(bytes.remaining());
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xff;
      if (isUnreserved(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[b >> 4]).append(HEX[b & 0xf]);
      }
    }
    return out.toString();
  }

  /** Reads what {@link #encode} wrote; characters that need not be encoded may be, or not. */
  static String decode(String text) {
    ByteBuffer in = utf8(text);
    ByteBuffer out = ByteBuffer.allocate(in.remaining());
    while (in.hasRemaining()) {
      byte b = in.get();
      out.put(b == '%' ? escaped(in, text) : b);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw invalid(text, "escapes that are UTF-8");
    }
  }

  /** Shortens a text and shows its control characters, for error texts. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    return text.length() > SHOWN ? out + "..." : out.toString();
  }

  private static boolean isUnreserved(int b) {
    return b < 0x80 && (Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0);
  }

  private static byte escaped(ByteBuffer in, String text) {
    int high = in.hasRemaining() ? Character.digit(in.get(), 16) : -1;
    int low = in.hasRemaining() ? Character.digit(in.get(), 16) : -1;
    if (high < 0 || low < 0) {
      throw invalid(text, "two hexadecimal digits after each %");
    }
    return (byte) (high << 4 | low);
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw invalid(text, "text without unpaired surrogates");
    }
  }

  private static IllegalArgumentException invalid(String name, String expected) {
    return new IllegalArgumentException(
        "name: " + printable(name) + " (expected: " + expected + ")");
  }
}
