// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** A file that is being sent. Confined to one thread at a time. */
public interface StreamFile extends Closeable {

  /** Returns the open file; closed with this object and not before. */
  FileChannel channel();

  /** Returns how many bytes are to be sent: its length when it was opened. */
  long length();

  /**
   * Checks that the bytes sent so far are those of one unchanged file. Asks the file system twice
   * at most and reads nothing.
   *
   * @throws IOException if it became shorter or was written to; the text is for the other side
   */
  void requireUnchanged() throws IOException;
}
