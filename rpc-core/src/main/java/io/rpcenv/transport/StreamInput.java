// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that arrives on a connection of its own. Reads ahead by a bounded number of bytes and
 * leaves the rest to the flow control of the network.
 */
public interface StreamInput {

  /**
   * Takes bytes that are here; never waits. Any thread, one at a time, not a loop.
   *
   * @param target gets the bytes; has room
   * @return how many, above 0; 0 if none are here, {@link StreamListener#readable} follows; -1 if
   *     the whole file was taken
   * @throws IOException if the rest will not come, after what came before; again at each call
   */
  int poll(ByteBuffer target) throws IOException;

  /** Closes the connection and releases what was not taken. Any thread; once counts. */
  void close();
}
