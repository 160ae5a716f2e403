// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * Takes requests of any thread through one queue, drained by one task, and completes their futures
 * on the loop, first in, first out.
 */
final class EchoClient extends FrameHandler {

  private static final int MOST_PER_TASK = 1024;

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
  private ChannelHandlerContext context;
  private Output output;

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    output = new Output(active.channel());
  }

  CompletableFuture<Object> ask(Object message) {
    Ask ask = new Ask(message);
    offer(ask);
    return ask;
  }

  void send(Sample message) {
    offer(message);
  }

  private void offer(Object request) {
    queue.offer(request);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      context.executor().execute(drain);
    }
  }

  private void drain() {
    Object next;
    int count = 0;
    while (count++ < MOST_PER_TASK && (next = queue.poll()) != null) {
      write(next);
    }
    output.flush();
    scheduled.set(false);
    if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) {
      context.executor().execute(drain);
    }
  }

  private void write(Object next) {
    if (next instanceof Sample sample) {
      output.write(Frames.SEND, sample);
      return;
    }
    Ask ask = (Ask) next;
    pending.add(ask);
    if (ask.message instanceof Sample sample) {
      output.write(Frames.ASK, sample);
    } else {
      output.write((Blob) ask.message);
    }
  }

  @Override
  void small(ChannelHandlerContext unused, byte kind, ByteBuf frame, int end) {
    pending.remove().complete(Frames.readSample(frame));
  }

  @Override
  void large(ChannelHandlerContext unused, Blob blob) {
    pending.remove().complete(blob);
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    IllegalStateException lost = new IllegalStateException("connection lost");
    pending.forEach(ask -> ask.completeExceptionally(lost));
  }
}
