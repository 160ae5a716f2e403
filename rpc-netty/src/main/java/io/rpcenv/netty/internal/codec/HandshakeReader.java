// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcenv.RpcAddress;
import io.rpcenv.serialization.EnvId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one direction of a handshake. Keeps what has come of an incomplete frame on the heap, never
 * more than the bound of a handshake frame.
 */
public final class HandshakeReader {

  private final ByteBuf partial = Unpooled.buffer(256, WireFormat.MAX_HANDSHAKE_FRAME + 4);
  private final FieldReader fields = new FieldReader();
  private boolean magicSeen;

  /**
   * Takes bytes up to the end of the next frame and no further.
   *
   * @param in what came; stays the caller's
   * @return the frame, or null if all bytes were taken and it is not complete
   * @throws ProtocolViolation if these are not the bytes of a handshake
   */
  public @Nullable HandshakeFrame read(ByteBuf in) throws ProtocolViolation {
    if (!magicSeen) {
      takeMagic(in);
    }
    if (!fill(in, Integer.BYTES)) {
      return null;
    }
    long length = partial.getUnsignedInt(0);
    if (length < 2 || length > WireFormat.MAX_HANDSHAKE_FRAME) {
      throw new ProtocolViolation("handshake frame of [" + length + "] bytes");
    }
    if (!fill(in, Integer.BYTES + (int) length)) {
      return null;
    }
    HandshakeFrame frame = parse();
    partial.clear();
    return frame;
  }

  /** Returns whether anything has come. */
  public boolean started() {
    return magicSeen || partial.isReadable();
  }

  /** Takes the magic; leaves nothing to read as long as that is not complete. */
  private void takeMagic(ByteBuf in) throws ProtocolViolation {
    magicSeen = fill(in, Integer.BYTES);
    for (int i = 0; i < partial.writerIndex(); i++) {
      if (partial.getByte(i) != (byte) (WireFormat.MAGIC >> (8 * (3 - i)))) {
        // In its first bytes a foreign peer tells what it is: look at all that came at once.
        partial.writeBytes(in, Math.min(in.readableBytes(), partial.maxWritableBytes()));
        throw new ProtocolViolation(ForeignProtocol.describe(partial));
      }
    }
    if (magicSeen) {
      partial.clear();
    }
  }

  private boolean fill(ByteBuf in, int wanted) {
    int missing = Math.max(0, wanted - partial.writerIndex());
    partial.writeBytes(in, Math.min(missing, in.readableBytes()));
    return partial.writerIndex() >= wanted;
  }

  private HandshakeFrame parse() throws ProtocolViolation {
    partial.readerIndex(Integer.BYTES);
    fields.reset(partial, partial.writerIndex());
    int type = fields.u8();
    if (fields.u8() != 0) {
      throw new ProtocolViolation("unknown flags in a handshake frame");
    }
    return switch (type) {
      case WireFormat.HELLO -> hello();
      case WireFormat.REFUSE -> refuse();
      case WireFormat.READY -> ready();
      default ->
          throw new ProtocolViolation("frame type [" + type + "] before the handshake is complete");
    };
  }

  private HandshakeFrame hello() throws ProtocolViolation {
    int minVersion = fields.varint();
    int maxVersion = fields.varint();
    if (minVersion > WireFormat.VERSION_MAX || maxVersion < WireFormat.VERSION_MIN) {
      // The rest may look different in that version; these two fields never will.
      return new HandshakeFrame.Hello(
          minVersion, maxVersion, 0, new EnvId(0, 0), "", Optional.empty(), 0, "", 0);
    }
    int purpose = fields.varint();
    EnvId envId = new EnvId(fields.u64(), fields.u64());
    String envName = fields.string();
    Optional<RpcAddress> address = fields.u8() == 0 ? Optional.empty() : Optional.of(address());
    int maxMessageSize = fields.varint();
    String serializerId = fields.string();
    long features = fields.varlong();
    fields.skipExtensions();
    fields.finish();
    return new HandshakeFrame.Hello(
        minVersion,
        maxVersion,
        purpose,
        envId,
        envName,
        address,
        maxMessageSize,
        serializerId,
        features);
  }

  private RpcAddress address() throws ProtocolViolation {
    String host = fields.string();
    int port = fields.varint();
    try {
      return RpcAddress.of(host, port);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("advertised address: " + e.getMessage());
    }
  }

  private HandshakeFrame refuse() throws ProtocolViolation {
    int code = fields.varint();
    String reason = fields.string();
    return new HandshakeFrame.Refuse(code, reason.replaceAll("\\p{Cntrl}", " "));
  }

  private HandshakeFrame ready() throws ProtocolViolation {
    fields.skipExtensions();
    fields.finish();
    return new HandshakeFrame.Ready();
  }
}
