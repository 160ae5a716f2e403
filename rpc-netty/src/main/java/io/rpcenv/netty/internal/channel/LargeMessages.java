// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.netty.channel.Channel;
import io.rpcenv.netty.internal.codec.WireFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection that go in chunks, one at a time, and those that must wait behind
 * one because they go to the same endpoint. Confined to the loop; owns the bodies of all of them.
 */
final class LargeMessages {

  /** While more than this waits, the connection takes nothing more; two messages always may. */
  private static final long WAITING_LIMIT = 64L * 1024 * 1024;

  private final Channel channel;
  private final FrameQueue frames;
  private final int chunkSize;

  /** Large messages whose turn has come in the order of their endpoint. */
  private final Deque<Outgoing> ready = new ArrayDeque<>();

  /** By endpoint with a large message in {@link #ready} or in transfer: what waits behind it. */
  private final Map<String, Deque<Outgoing>> behind = new HashMap<>();

  private @Nullable ChunkTransfer current;
  private int waiting;
  private long waitingBytes;

  LargeMessages(Channel channel, FrameQueue frames, int chunkSize) {
    this.channel = channel;
    this.frames = frames;
    this.chunkSize = chunkSize;
  }

  /** Returns whether a message to an endpoint would overtake another to the same one. */
  boolean holdsBack(String endpoint) {
    return !behind.isEmpty() && behind.containsKey(endpoint);
  }

  /** Takes a large message, or one that is to be held back. */
  void add(Outgoing message) {
    waiting++;
    waitingBytes += message.size();
    Deque<Outgoing> line = message.ordered() ? behind.get(message.target().name()) : null;
    if (line != null) {
      line.add(message);
    } else {
      if (message.ordered()) {
        behind.put(message.target().name(), new ArrayDeque<>());
      }
      ready.add(message);
    }
  }

  boolean acceptsMore() {
    return waiting < 2 || waitingBytes < WAITING_LIMIT;
  }

  boolean isIdle() {
    return current == null && waiting == 0;
  }

  /** Writes chunks for as long as the channel takes them without piling up. */
  void pump() {
    while (channel.isWritable()) {
      ChunkTransfer transfer = current;
      if (transfer == null) {
        Outgoing next = ready.poll();
        if (next == null) {
          return;
        }
        left(next);
        transfer = new ChunkTransfer(next);
        current = transfer;
        frames.chunkFirst(next);
      }
      if (transfer.writeChunk(frames, chunkSize)) {
        current = null;
        next(transfer.message());
      }
    }
  }

  /**
   * Gives up a request that has not left in whole.
   *
   * @return whether there was one, so that the peer need not be told
   */
  boolean cancel(long callId) {
    ChunkTransfer transfer = current;
    if (transfer != null && isRequest(transfer.message(), callId)) {
      current = null;
      frames.chunkAbort();
      transfer.abort();
      next(transfer.message());
      return true;
    }
    Outgoing queued = remove(ready, callId);
    if (queued != null) {
      next(queued);
      return true;
    }
    for (Deque<Outgoing> line : behind.values()) {
      if (remove(line, callId) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Hands over what has not left, in the order of each endpoint. Last.
   *
   * @param unsent takes over each message
   */
  void close(Consumer<Outgoing> unsent) {
    if (current != null) {
      handOverBehind(current.message(), unsent);
      current.abort();
      current = null;
    }
    for (Outgoing message : ready) {
      unsent.accept(message);
      handOverBehind(message, unsent);
    }
    ready.clear();
    behind.clear();
    waiting = 0;
    waitingBytes = 0;
  }

  private void handOverBehind(Outgoing first, Consumer<Outgoing> unsent) {
    Deque<Outgoing> line = first.ordered() ? behind.remove(first.target().name()) : null;
    if (line != null) {
      line.forEach(unsent);
    }
  }

  private @Nullable Outgoing remove(Deque<Outgoing> line, long callId) {
    for (Iterator<Outgoing> i = line.iterator(); i.hasNext(); ) {
      Outgoing message = i.next();
      if (isRequest(message, callId)) {
        i.remove();
        left(message);
        release(message);
        return message;
      }
    }
    return null;
  }

  /** Lets go what waited behind a message, up to the next large one. */
  private void next(Outgoing done) {
    if (!done.ordered()) {
      return;
    }
    Deque<Outgoing> line = behind.getOrDefault(done.target().name(), new ArrayDeque<>());
    for (Outgoing next = line.poll(); next != null; next = line.poll()) {
      if (next.size() > chunkSize) {
        ready.add(next);
        return;
      }
      left(next);
      frames.message(next.type(), next.callId(), next.target(), next.message());
    }
    behind.remove(done.target().name());
  }

  private void left(Outgoing message) {
    waiting--;
    waitingBytes -= message.size();
  }

  private static boolean isRequest(Outgoing message, long callId) {
    return message.type() == WireFormat.REQUEST && message.callId() == callId;
  }

  private static void release(Outgoing message) {
    message.message().body().release();
  }
}
