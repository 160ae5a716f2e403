// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;

/** Writes the frames of a connection for a file. */
public final class StreamFrameWriter {

  private StreamFrameWriter() {}

  /** Writes STREAM_OPEN. */
  public static void open(ByteBuf out, String path) {
    int start = FrameWriter.begin(out, WireFormat.STREAM_OPEN);
    FrameWriter.string(out, path);
    FrameWriter.end(out, start, 0);
  }

  /** Writes STREAM_BEGIN. */
  public static void begin(ByteBuf out, long length) {
    int start = FrameWriter.begin(out, WireFormat.STREAM_BEGIN);
    FrameWriter.varlong(out, length);
    FrameWriter.end(out, start, 0);
  }

  /** Writes the header of STREAM_DATA, of which {@code size} bytes follow in another buffer. */
  public static void data(ByteBuf out, int size) {
    FrameWriter.end(out, FrameWriter.begin(out, WireFormat.STREAM_DATA), size);
  }

  /** Writes STREAM_END. */
  public static void end(ByteBuf out) {
    FrameWriter.end(out, FrameWriter.begin(out, WireFormat.STREAM_END), 0);
  }

  /** Writes STREAM_ERROR. */
  public static void error(ByteBuf out, int code, String text) {
    int start = FrameWriter.begin(out, WireFormat.STREAM_ERROR);
    FrameWriter.varint(out, code);
    FrameWriter.string(out, text);
    FrameWriter.end(out, start, 0);
  }
}
