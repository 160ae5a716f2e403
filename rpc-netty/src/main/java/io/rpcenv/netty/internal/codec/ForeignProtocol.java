// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Tells what a peer speaks that does not speak ours. */
final class ForeignProtocol {

  private static final int LOOK = 24;
  private static final int SHOW = 16;
  private static final Pattern HTTP1 =
      Pattern.compile("(?s)(GET|HEAD|POST|PUT|DELETE|OPTIONS|TRACE|CONNECT|PATCH|HTTP/1).*");

  private ForeignProtocol() {}

  /** Returns a line for the log about the first bytes of a connection, at least one. */
  static String describe(ByteBuf first) {
    int length = Math.min(first.readableBytes(), LOOK);
    String text = first.toString(first.readerIndex(), length, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PRI * HTTP/2")) {
      return "peer spoke HTTP/2 to the RPC port";
    }
    if (HTTP1.matcher(text).matches()) {
      return "peer spoke HTTP/1 to the RPC port";
    }
    if (text.startsWith("\u0016\u0003")) {
      return "peer spoke TLS to the RPC port";
    }
    if (text.startsWith("SSH-")) {
      return "peer spoke SSH to the RPC port";
    }
    String hex = ByteBufUtil.hexDump(first, first.readerIndex(), Math.min(length, SHOW));
    return "peer spoke an unknown protocol to the RPC port, first bytes [" + hex + "]";
  }
}
