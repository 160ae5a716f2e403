// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.RpcAddress;
import io.rpcenv.transport.StreamInput;
import io.rpcenv.transport.StreamListener;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A transport whose streams are scripted; what is scheduled runs when told. */
final class FileTransport implements Transport, TransportLoop {

  final BlockingQueue<StreamListener> opened = new LinkedBlockingQueue<>();
  final List<String> asked = new ArrayList<>();
  final BlockingQueue<Runnable> scheduled = new LinkedBlockingQueue<>();
  final List<Long> delays = new ArrayList<>();

  /** Waits until a stream is opened. */
  StreamListener next() throws Exception {
    return await(opened);
  }

  static <T> T await(BlockingQueue<T> queue) throws Exception {
    T next = queue.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new TimeoutException();
    }
    return next;
  }

  @Override
  public synchronized void openStream(RpcAddress address, String path, StreamListener listener) {
    asked.add(address + path);
    opened.add(listener);
  }

  @Override
  public TransportLoop nextLoop() {
    return this;
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    delays.add(delayNanos);
    scheduled.add(task);
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public long nanoTime() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int bind(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void open(RpcAddress advertised) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void connect(RpcAddress address, TransportLoop loop, ConnectListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> shutdown() {
    return CompletableFuture.completedFuture(null);
  }

  /** What a poll gives is put in: bytes that come, 0 for none, -1 for the end. */
  static final class Input implements StreamInput {

    final BlockingQueue<Integer> polls = new LinkedBlockingQueue<>();
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    volatile boolean closed;

    @Override
    public int poll(ByteBuffer target) throws IOException {
      Integer count = polls.poll();
      if (count == null || count == 0) {
        events.add("empty");
        return 0;
      }
      if (count < -1) {
        throw new IOException("scripted");
      }
      if (count > 0) {
        target.put(new byte[count]);
      }
      return count;
    }

    @Override
    public void close() {
      closed = true;
      events.add("closed");
    }
  }
}
