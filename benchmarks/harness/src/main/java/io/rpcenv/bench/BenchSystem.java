// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A system under test: a client and a server in this JVM that talk over loopback. Its endpoints
 * answer an ask with the message itself, and give what was sent to the sink.
 *
 * <p>Callbacks run wherever the system completes its futures; they are short and never block.
 */
public interface BenchSystem extends AutoCloseable {

  /** Starts one. */
  @FunctionalInterface
  interface Factory {
    /** Starts the system; whatever one-way messages arrive, by either way, goes to the sink. */
    BenchSystem start(Consumer<Sample> sink) throws Exception;
  }

  /** Returns what this system can do. */
  Set<Work> works();

  /** Asks the remote endpoint. */
  void ask(Sample message, BiConsumer<? super Sample, ? super Throwable> done);

  /** Asks another remote endpoint, over the same connection. */
  void askLarge(Blob message, BiConsumer<? super Blob, ? super Throwable> done);

  /** Sends to the remote endpoint. */
  default void send(Sample message) {
    throw new UnsupportedOperationException("one-way");
  }

  /** Sends to an endpoint of the same process, not over the network. */
  default void localSend(Sample message) {
    throw new UnsupportedOperationException("local");
  }

  /** Asks an endpoint of the same process, not over the network. */
  default void localAsk(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    throw new UnsupportedOperationException("local");
  }

  /**
   * Opens a file that the server has, to be read over the network.
   *
   * @return gives the file's bytes to one thread that reads; closed by it
   */
  default ReadableByteChannel openFile(Path file) throws IOException {
    throw new UnsupportedOperationException("file");
  }

  @Override
  void close();
}
