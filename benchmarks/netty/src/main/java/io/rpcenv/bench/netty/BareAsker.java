// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;
import java.util.concurrent.CompletableFuture;

/** A connection to {@link NettySystem}'s server. */
public final class BareAsker extends FrameHandler implements ManyConnections.Asker {

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private ChannelHandlerContext context;
  private ManyConnections.Tally tally;
  private Output output;
  private long asked;
  private long answered;

  /** Creates the handler of a connection to be. */
  public BareAsker() {}

  @Override
  public CompletableFuture<Void> ready() {
    return ready;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    output = new Output(active.channel());
    ready.complete(null);
  }

  @Override
  public void start(ManyConnections.Tally counts, int inFlight) {
    tally = counts;
    for (int i = 0; i < inFlight; i++) {
      ask();
    }
    output.flush();
  }

  private void ask() {
    if (tally.ask()) {
      output.write(Frames.ASK, Sample.of(asked++));
    }
  }

  @Override
  void small(ChannelHandlerContext unused, byte kind, ByteBuf frame, int end) {
    Sample reply = Frames.readSample(frame);
    if (!reply.is(answered++)) {
      tally.fail(new IllegalStateException("a wrong answer: " + reply));
      context.close();
      return;
    }
    tally.answered();
    ask();
  }

  @Override
  void large(ChannelHandlerContext unused, Blob blob) {
    tally.fail(new IllegalStateException("not asked for: " + blob));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext unused) {
    output.flush();
  }
}
