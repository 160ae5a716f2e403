// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.transport.StreamFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file as it was when it was opened.
 *
 * @param channel the open file
 * @param path where it was found, without links
 * @param length its length then
 * @param attributes its attributes then
 */
record OpenedFile(FileChannel channel, Path path, long length, BasicFileAttributes attributes)
    implements StreamFile {

  /**
   * A file that is no longer at its path was replaced or removed as a whole: what is open is still
   * the old one. One that has grown may have been appended to; what was there is taken to be as it
   * was, as nothing tells appending from rewriting.
   */
  @Override
  public void requireUnchanged() throws IOException {
    long size = channel.size();
    if (size < length) {
      throw new IOException("the file became shorter: [" + size + "] of [" + length + "] bytes");
    }
    if (size == length && isRewritten()) {
      throw new IOException("the file was written to while it was sent");
    }
  }

  private boolean isRewritten() {
    try {
      BasicFileAttributes now = attributesOf(path);
      return Objects.equals(now.fileKey(), attributes.fileKey())
          && !now.lastModifiedTime().equals(attributes.lastModifiedTime());
    } catch (IOException gone) {
      return false;
    }
  }

  static BasicFileAttributes attributesOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
