// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultFileRegion;
import io.rpcenv.netty.internal.codec.WireFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** The ways to give parts of a file to a channel. */
public enum FilePieces {

  /** The kernel moves the bytes from the file to the socket; only where nobody must see them. */
  ZERO_COPY(WireFormat.MAX_CHUNK) {
    @Override
    Object piece(ByteBufAllocator allocator, FileChannel file, long position, int size) {
      return new Region(file, position, size);
    }
  },

  /** The bytes are read into a pooled buffer, where another handler can change them. */
  COPIED(256 * 1024) {
    @Override
    Object piece(ByteBufAllocator allocator, FileChannel file, long position, int size)
        throws IOException {
      ByteBuf copy = allocator.directBuffer(size, size);
      try {
        while (copy.isWritable()) {
          int at = copy.writerIndex();
          if (copy.writeBytes(file, position + at, size - at) < 0) {
            throw new EOFException(
                "the file became shorter than [" + (position + size) + "] bytes");
          }
        }
        return copy;
      } catch (IOException e) {
        copy.release();
        throw e;
      }
    }
  };

  private final int maxSize;

  FilePieces(int maxSize) {
    this.maxSize = maxSize;
  }

  /** Returns the size of a piece that is not the last, in bytes. */
  int maxSize() {
    return maxSize;
  }

  /**
   * Makes a piece that a channel can write. May wait for the disk.
   *
   * @param file stays the caller's, who keeps it open until the piece is written or dropped
   * @throws IOException if the file has not that many bytes
   */
  abstract Object piece(ByteBufAllocator allocator, FileChannel file, long position, int size)
      throws IOException;

  /** A region of a file that is not closed with it. */
  private static final class Region extends DefaultFileRegion {

    Region(FileChannel file, long position, long count) {
      super(file, position, count);
    }

    @Override
    protected void deallocate() {}
  }
}
