// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what peers do wrong before they are known: one line per remote address and minute, the
 * others are counted and told with the next. Thread-safe.
 */
public final class PeerLog {

  private static final Logger LOG = LoggerFactory.getLogger(PeerLog.class);
  private static final long INTERVAL_NANOS = 60_000_000_000L;
  private static final int MAX_ADDRESSES = 1024;

  private final String envName;
  private final LongSupplier nanoTime;

  /** By remote address, in the order of insertion; guarded by itself. */
  private final Map<InetAddress, Entry> entries = new LinkedHashMap<>();

  /**
   * Creates a log.
   *
   * @param envName begins each line
   * @param nanoTime the clock
   */
  public PeerLog(String envName, LongSupplier nanoTime) {
    this.envName = envName;
    this.nanoTime = nanoTime;
  }

  /** Logs a line about a peer, unless its address had one within the minute. */
  void warn(SocketAddress remote, String line) {
    long unsaid = admit(remote);
    if (unsaid == 0) {
      LOG.warn("[{}] closed connection with [{}]: {}", envName, text(remote), line);
    } else if (unsaid > 0) {
      LOG.warn(
          "[{}] closed connection with [{}]: {} (and [{}] more of that address)",
          envName,
          text(remote),
          line,
          unsaid);
    }
  }

  /** Returns how many lines were left out before this one, or -1 if it is to be left out. */
  private long admit(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress socket)) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    synchronized (entries) {
      Entry entry = entries.get(socket.getAddress());
      if (entry != null && now - entry.since < INTERVAL_NANOS) {
        entry.unsaid++;
        return -1;
      }
      long unsaid = entry == null ? 0 : entry.unsaid;
      entries.remove(socket.getAddress());
      if (entries.size() >= MAX_ADDRESSES) {
        entries.remove(entries.keySet().iterator().next());
      }
      entries.put(socket.getAddress(), new Entry(now));
      return unsaid;
    }
  }

  /** Returns host and port of a peer, for log lines. */
  static String text(SocketAddress remote) {
    if (remote instanceof InetSocketAddress socket && socket.getAddress() != null) {
      return socket.getAddress().getHostAddress() + ":" + socket.getPort();
    }
    return String.valueOf(remote);
  }

  private static final class Entry {

    private final long since;
    private long unsaid;

    Entry(long since) {
      this.since = since;
    }
  }
}
