// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes between the loop that receives a file and the thread that reads it. One adds, one
 * takes, anyone closes. Bytes are copied outside the lock, so that the loop never waits for a
 * reader.
 */
final class ReceivedBytes {

  /** Above this nothing more is read from the socket. */
  private static final int HIGH = 1024 * 1024;

  /** From this down reading goes on. */
  private static final int LOW = 512 * 1024;

  /** Buffers to be taken, each with what it counts; guarded by this object, as the rest is. */
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** What the reader is taking from; null while it does so. */
  private @Nullable Entry current;

  /** Memory that is kept, in bytes. */
  private int held;

  /** A poll found that everything was taken; the reader's. */
  private boolean atEnd;

  private boolean readerWaits;
  private boolean paused;
  private boolean closed;
  private boolean complete;
  private @Nullable IOException failure;

  /**
   * Adds bytes; on the loop.
   *
   * @param bytes taken over
   * @param weight the memory that they keep, in bytes
   */
  void add(ByteBuf bytes, int weight) {
    synchronized (this) {
      if (!closed) {
        entries.add(new Entry(bytes, weight));
        held += weight;
        return;
      }
    }
    bytes.release();
  }

  /** All bytes were added; on the loop. */
  synchronized void complete() {
    complete = true;
  }

  /** No more bytes will be added; on the loop. Counts once, and not after the end. */
  synchronized void fail(IOException cause) {
    if (failure == null && !complete) {
      failure = cause;
    }
  }

  /** Returns whether to read on now; if not, a poll will tell. On the loop. */
  synchronized boolean wantsMore() {
    paused = held >= HIGH;
    return !paused && !closed;
  }

  /** Returns, once, whether a poll took nothing and something is here now. On the loop. */
  synchronized boolean takeReader() {
    boolean wake = readerWaits && (!entries.isEmpty() || complete || failure != null);
    readerWaits &= !wake;
    return wake;
  }

  /**
   * Takes bytes, as {@link io.rpcenv.transport.StreamInput#poll}; one thread at a time.
   *
   * @param readOn runs, outside the lock, if the loop stopped reading and may go on
   */
  int poll(ByteBuffer target, Runnable readOn) throws IOException {
    int before = target.position();
    while (target.hasRemaining()) {
      Entry entry = next(target.position() > before);
      if (entry == null) {
        break;
      }
      copy(entry.bytes(), target);
      if (giveBack(entry)) {
        readOn.run();
      }
    }
    int taken = target.position() - before;
    return taken == 0 && atEnd ? -1 : taken;
  }

  /** Takes the next buffer out of everyone's reach; if none is here at all, the reader waits. */
  private synchronized @Nullable Entry next(boolean some) throws IOException {
    Entry entry = current != null ? current : entries.poll();
    current = null;
    if (entry == null && !some) {
      requireNoFault();
      atEnd = complete;
      readerWaits = !complete;
    }
    return entry;
  }

  private void requireNoFault() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private static void copy(ByteBuf from, ByteBuffer target) {
    int size = Math.min(from.readableBytes(), target.remaining());
    int limit = target.limit();
    target.limit(target.position() + size);
    from.readBytes(target);
    target.limit(limit);
  }

  /** Returns whether the loop is to read on. */
  private boolean giveBack(Entry entry) {
    boolean empty = !entry.bytes().isReadable();
    boolean release;
    boolean readOn = false;
    synchronized (this) {
      release = empty || closed;
      if (!release) {
        current = entry;
      } else {
        held -= entry.weight();
        readOn = paused && held <= LOW && !closed;
        paused &= !readOn;
      }
    }
    if (release) {
      entry.bytes().release();
    }
    return readOn;
  }

  /** Releases what is here and what comes. Any thread; returns whether it was the first call. */
  boolean close() {
    List<Entry> rest;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      rest = new ArrayList<>(entries);
      entries.clear();
      if (current != null) {
        rest.add(current);
        current = null;
      }
    }
    rest.forEach(entry -> entry.bytes().release());
    return true;
  }

  private record Entry(ByteBuf bytes, int weight) {}
}
