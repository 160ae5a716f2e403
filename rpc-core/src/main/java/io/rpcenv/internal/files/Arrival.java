// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.transport.StreamInput;
import io.rpcenv.transport.StreamListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way here: wakes whoever waits for it. Its listener's side runs on loops; one
 * thread reads at a time; {@link #end} comes from any thread.
 */
final class Arrival implements StreamListener {

  private final String uri;
  private final RpcTimeout timeout;
  private final ConnectRetry retry;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  private volatile @Nullable StreamInput input;

  /** Why this env reads no further, if so. */
  private volatile @Nullable Throwable ended;

  /** Something happened since the reader last looked. */
  private volatile boolean news;

  private volatile @Nullable Thread reader;

  /**
   * Creates one.
   *
   * @param uri what is read, for texts
   * @param timeout the longest wait for a byte
   * @param retry what to do about a failed connect
   */
  Arrival(String uri, RpcTimeout timeout, ConnectRetry retry) {
    this.uri = uri;
    this.timeout = timeout;
    this.retry = retry;
  }

  String uri() {
    return uri;
  }

  /** Completes when the file is on its way, or with why it is not. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  // From the transport

  @Override
  public void connected(StreamInput connection) {
    input = connection;
    if (ended != null) {
      connection.close();
    }
  }

  @Override
  public void begun(long length) {
    begun.complete(null);
  }

  @Override
  public void missing() {
    begun.completeExceptionally(new NoSuchFileException(uri, null, "no such file is served there"));
  }

  @Override
  public void failed(Throwable cause) {
    if (input != null) {
      begun.completeExceptionally(
          new IOException("cannot open [" + uri + "]: " + cause.getMessage(), cause));
    } else if (ended == null) {
      retry.failed(this, cause);
    }
  }

  @Override
  public void readable() {
    news = true;
    LockSupport.unpark(reader);
  }

  // From this env

  /**
   * Reads no further. Only the first call counts.
   *
   * @param why what reads will say
   */
  void end(Throwable why) {
    synchronized (this) {
      if (ended != null) {
        return;
      }
      ended = why;
    }
    begun.completeExceptionally(why);
    StreamInput connection = input;
    if (connection != null) {
      connection.close();
    }
    readable();
  }

  boolean isEnded() {
    return ended != null;
  }

  /** Takes what is here, or waits until there is something. Returns -1 at the file's end. */
  int read(ByteBuffer target) throws IOException {
    int count = poll(target);
    return count != 0 ? count : await(target);
  }

  private int poll(ByteBuffer target) throws IOException {
    StreamInput connection = input;
    if (ended != null || connection == null) {
      throw failure();
    }
    try {
      return connection.poll(target);
    } catch (IOException e) {
      throw ended != null ? failure() : brokenOff(e);
    }
  }

  private int await(ByteBuffer target) throws IOException {
    WaitGuard guard = WaitGuard.enter("read of [" + uri + "]");
    long deadline =
        System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout.duration()); // saturates
    reader = Thread.currentThread();
    try {
      while (true) {
        news = false;
        int count = poll(target);
        if (count != 0) {
          return count;
        }
        awaitNews(deadline);
      }
    } finally {
      reader = null;
      guard.end();
    }
  }

  private void awaitNews(long deadline) {
    while (!news) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        String text = "Timed out reading [" + uri + "], " + timeout.controlledBy();
        end(new RpcTimeoutException(text, false));
        return;
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private IOException failure() {
    Throwable why = ended;
    if (why == null || why instanceof ClosedChannelException) {
      return new ClosedChannelException();
    }
    return brokenOff(why);
  }

  private IOException brokenOff(Throwable why) {
    String text = why instanceof RpcException ? why.toString() : why.getMessage();
    return new IOException("[" + uri + "] broke off: " + text, why);
  }

  /** What to do about a connect that failed. */
  @FunctionalInterface
  interface ConnectRetry {

    /** Runs on a loop. */
    void failed(Arrival arrival, Throwable cause);
  }
}
