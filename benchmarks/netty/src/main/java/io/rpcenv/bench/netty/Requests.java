// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.channel.EventLoop;
import io.rpcenv.bench.Sample;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * The client's side of bare Netty: requests of any thread go through one queue, drained by one task
 * on the loop; futures are completed there, first in, first out.
 */
final class Requests {

  private static final int MOST_PER_TASK = 1024;

  /** Writes to the connection; on the loop. */
  interface Writer {
    void write(byte kind, Object message);

    void flush();
  }

  /** An ask on its way; the answer is of the class of the question. */
  private static final class Ask extends CompletableFuture<Object> {
    private final Object message;

    Ask(Object message) {
      this.message = message;
    }
  }

  private final MpscUnboundedArrayQueue<Object> queue = new MpscUnboundedArrayQueue<>(4096);
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ArrayDeque<Ask> pending = new ArrayDeque<>(2048);
  private final Runnable drain = this::drain;
  private final EventLoop loop;
  private final Writer writer;

  Requests(EventLoop loop, Writer writer) {
    this.loop = loop;
    this.writer = writer;
  }

  /** Asks; on any thread. */
  CompletableFuture<Object> ask(Object message) {
    Ask ask = new Ask(message);
    offer(ask);
    return ask;
  }

  /** Sends one way; on any thread. */
  void send(Sample message) {
    offer(message);
  }

  private void offer(Object request) {
    queue.offer(request);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(drain);
    }
  }

  private void drain() {
    Object next;
    int count = 0;
    while (count++ < MOST_PER_TASK && (next = queue.poll()) != null) {
      write(next);
    }
    writer.flush();
    scheduled.set(false);
    if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) {
      loop.execute(drain);
    }
  }

  private void write(Object next) {
    if (next instanceof Ask ask) {
      pending.add(ask);
      writer.write(ask.message instanceof Sample ? Frames.ASK : Frames.LARGE, ask.message);
    } else {
      writer.write(Frames.SEND, next);
    }
  }

  /** Completes the oldest ask; on the loop. */
  void answered(Object reply) {
    pending.remove().complete(reply);
  }

  /** Fails all that wait; on the loop. */
  void lost() {
    IllegalStateException lost = new IllegalStateException("connection lost");
    pending.forEach(ask -> ask.completeExceptionally(lost));
  }
}
