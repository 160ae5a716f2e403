// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.transport.LoopThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.locks.ReentrantLock;

/** The channel that users read. Thread-safe; reads run one after the other. */
final class RemoteFileChannel extends AbstractInterruptibleChannel implements ReadableByteChannel {

  private final Arrival arrival;
  private final Runnable done;
  private final ReentrantLock reading = new ReentrantLock();
  private boolean complete;

  /**
   * Creates a channel.
   *
   * @param arrival where the bytes come from
   * @param done runs when there is nothing left to end, perhaps more than once
   */
  RemoteFileChannel(Arrival arrival, Runnable done) {
    this.arrival = arrival;
    this.done = done;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("target: read-only (expected: a buffer to write to)");
    }
    if (Thread.currentThread() instanceof LoopThread) {
      WaitGuard.enter("read of [" + arrival.uri() + "]").end(); // throws, also where data is here
    }
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    boolean completed = false;
    try {
      begin();
      int count = readAlone(target);
      completed = true;
      return count;
    } finally {
      end(completed);
    }
  }

  private int readAlone(ByteBuffer target) throws IOException {
    reading.lock();
    try {
      if (complete || !target.hasRemaining()) {
        return complete ? -1 : 0;
      }
      int count = arrival.read(target);
      if (count < 0) {
        complete = true;
        done.run();
      }
      return count;
    } finally {
      reading.unlock();
    }
  }

  @Override
  protected void implCloseChannel() {
    arrival.end(new ClosedChannelException());
    done.run();
  }
}
