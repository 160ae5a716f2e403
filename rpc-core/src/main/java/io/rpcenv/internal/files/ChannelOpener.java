// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.transport.Transport;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens files of other envs, and ends what is open when its own env ends. Thread-safe. */
public final class ChannelOpener {

  private final String envName;
  private final Transport transport;
  private final RpcTimeout timeout;
  private final int maxRetries;
  private final long pauseNanos;

  /** What is being opened or read; guarded by itself, as {@link #stopped} is. */
  private final Set<Arrival> open = new HashSet<>();

  private boolean stopped;

  /**
   * Creates an opener.
   *
   * @param envName the env's name, for texts
   * @param conf timeouts and retries
   * @param transport carries the files
   */
  public ChannelOpener(String envName, RpcConf conf, Transport transport) {
    this.envName = envName;
    this.transport = transport;
    this.timeout = RpcTimeout.of(conf, RpcConfKeys.ASK_TIMEOUT);
    this.maxRetries = conf.get(RpcConfKeys.NUM_RETRIES);
    this.pauseNanos = conf.get(RpcConfKeys.RETRY_WAIT).toNanos();
  }

  /**
   * Opens a file. Blocks.
   *
   * @param uri where it is
   * @return the channel
   * @throws IOException if it is not there, or not now
   */
  public ReadableByteChannel open(String uri) throws IOException {
    FileUri parsed = FileUri.parse(uri);
    WaitGuard guard = WaitGuard.enter("openChannel of [" + uri + "]");
    try {
      Arrival arrival = begin(uri, parsed);
      await(arrival);
      return new RemoteFileChannel(arrival, () -> forget(arrival));
    } finally {
      guard.end();
    }
  }

  /** Ends everything that is open and refuses what comes. Never blocks. */
  public void stop() {
    List<Arrival> all;
    synchronized (open) {
      stopped = true;
      all = List.copyOf(open);
      open.clear();
    }
    all.forEach(arrival -> arrival.end(new RpcEnvStoppedException(envName, false)));
  }

  /** Returns how many files are being opened or read. */
  int openCount() {
    synchronized (open) {
      return open.size();
    }
  }

  private Arrival begin(String uri, FileUri parsed) {
    Attempts attempts = new Attempts(parsed);
    Arrival arrival = new Arrival(uri, timeout, attempts);
    synchronized (open) {
      if (stopped) {
        throw new RpcEnvStoppedException(envName, false);
      }
      open.add(arrival);
    }
    attempts.next(arrival);
    return arrival;
  }

  private void forget(Arrival arrival) {
    synchronized (open) {
      open.remove(arrival);
    }
  }

  private void await(Arrival arrival) throws IOException {
    Throwable failure;
    try {
      arrival.begun().get(TimeUnit.NANOSECONDS.convert(timeout.duration()), TimeUnit.NANOSECONDS);
      return;
    } catch (TimeoutException e) {
      String text = "Timed out opening [" + arrival.uri() + "], " + timeout.controlledBy();
      failure = new RpcTimeoutException(text, false).fillInStackTrace();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new RpcAbortedException(e, false);
    } catch (ExecutionException e) {
      failure = e.getCause() == null ? e : e.getCause();
    }
    arrival.end(failure);
    forget(arrival);
    if (failure instanceof RpcException known) {
      throw known;
    }
    throw failure instanceof IOException io ? io : new IOException(failure);
  }

  /** The connect attempts for one file. Confined to one loop after the other. */
  private final class Attempts implements Arrival.ConnectRetry {

    private final FileUri target;
    private int made;

    Attempts(FileUri target) {
      this.target = target;
    }

    void next(Arrival arrival) {
      made++;
      transport.openStream(target.address(), target.path(), arrival);
    }

    @Override
    public void failed(Arrival arrival, Throwable cause) {
      if (made <= maxRetries) {
        transport
            .nextLoop()
            .schedule(
                () -> {
                  if (!arrival.isEnded()) {
                    next(arrival);
                  }
                },
                pauseNanos);
        return;
      }
      arrival.end(
          new RpcConnectionException(
              "cannot open ["
                  + arrival.uri()
                  + "] after "
                  + made
                  + (made == 1 ? " attempt" : " attempts")
                  + " (rpc.numRetries): "
                  + cause.getMessage(),
              cause,
              false));
    }
  }
}
