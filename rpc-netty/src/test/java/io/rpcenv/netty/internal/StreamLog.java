// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.rpcenv.transport.StreamInput;
import io.rpcenv.transport.StreamListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Writes down what becomes of opening a file, one line each, and reads it. */
final class StreamLog implements StreamListener {

  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final CompletableFuture<StreamInput> input = new CompletableFuture<>();
  private final Semaphore news = new Semaphore(0);

  /** Opens a file. */
  static StreamLog open(TestEnv from, TestEnv at, String path) {
    StreamLog log = new StreamLog();
    from.transport.openStream(at.address(), path, log);
    return log;
  }

  /** Waits for the next event. */
  String next() throws InterruptedException {
    String event = events.poll(20, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  /** Reads to the end. */
  byte[] readAll() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer target = ByteBuffer.allocate(10_000);
    int count;
    while ((count = read(target.clear())) >= 0) {
      all.write(target.array(), 0, count);
    }
    return all.toByteArray();
  }

  /** Reads at least a byte, or -1. */
  int read(ByteBuffer target) throws Exception {
    while (true) {
      news.drainPermits();
      int count = input().poll(target);
      if (count != 0) {
        return count;
      }
      if (!news.tryAcquire(20, TimeUnit.SECONDS)) {
        throw new IOException("never woken");
      }
    }
  }

  StreamInput input() throws Exception {
    return input.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void connected(StreamInput connection) {
    input.complete(connection);
  }

  @Override
  public void begun(long length) {
    events.add("begun " + length);
  }

  @Override
  public void missing() {
    events.add("missing");
  }

  @Override
  public void failed(Throwable cause) {
    events.add("failed " + cause.getMessage());
  }

  @Override
  public void readable() {
    news.release();
  }
}
