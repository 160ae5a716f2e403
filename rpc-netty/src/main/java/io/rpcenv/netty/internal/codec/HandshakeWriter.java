// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.rpcenv.RpcAddress;

/** Writes the frames of the handshake. */
public final class HandshakeWriter {

  private HandshakeWriter() {}

  /** Writes what each direction begins with. */
  public static void magic(ByteBuf out) {
    out.writeInt(WireFormat.MAGIC);
  }

  /** Writes a frame. */
  public static void write(ByteBuf out, HandshakeFrame frame) {
    // Pattern switches are a preview on 17.
    if (frame instanceof HandshakeFrame.Hello hello) {
      hello(out, hello);
    } else if (frame instanceof HandshakeFrame.Refuse refuse) {
      refuse(out, refuse);
    } else {
      ready(out);
    }
  }

  private static void hello(ByteBuf out, HandshakeFrame.Hello hello) {
    int start = FrameWriter.begin(out, WireFormat.HELLO);
    FrameWriter.varint(out, hello.minVersion());
    FrameWriter.varint(out, hello.maxVersion());
    FrameWriter.varint(out, hello.purpose());
    out.writeLong(hello.envId().high()).writeLong(hello.envId().low());
    FrameWriter.string(out, hello.envName());
    out.writeByte(hello.address().isPresent() ? 1 : 0);
    if (hello.address().isPresent()) {
      RpcAddress address = hello.address().get();
      FrameWriter.string(out, address.host());
      FrameWriter.varint(out, address.port());
    }
    FrameWriter.varint(out, hello.maxMessageSize());
    FrameWriter.string(out, hello.serializerId());
    FrameWriter.varlong(out, hello.features());
    noExtensions(out);
    FrameWriter.end(out, start, 0);
  }

  private static void refuse(ByteBuf out, HandshakeFrame.Refuse refuse) {
    int start = FrameWriter.begin(out, WireFormat.REFUSE);
    FrameWriter.varint(out, refuse.code());
    FrameWriter.string(out, refuse.reason());
    FrameWriter.end(out, start, 0);
  }

  private static void ready(ByteBuf out) {
    int start = FrameWriter.begin(out, WireFormat.READY);
    noExtensions(out);
    FrameWriter.end(out, start, 0);
  }

  private static void noExtensions(ByteBuf out) {
    FrameWriter.varint(out, 0);
  }
}
