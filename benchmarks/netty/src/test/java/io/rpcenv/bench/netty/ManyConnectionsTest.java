// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A server that alters or doubles an answer to one of many connections is found out. */
class ManyConnectionsTest {

  private static double run(EchoServer server) throws Exception {
    int port = NettySystem.listen(NettySystem.pipeline(() -> new ChannelHandler[] {server}));
    try (ManyConnections one = new ManyConnections(port, 1, BareAsker::new)) {
      return one.run(2, 1);
    }
  }

  @Test
  void anHonestServerPasses() throws Exception {
    assertTrue(run(new EchoServer(unused -> {})) > 0);
  }

  @Test
  void anAlteredAnswerFailsTheRun() {
    EchoServer alters =
        new EchoServer(unused -> {}) {
          @Override
          void small(ChannelHandlerContext context, byte kind, ByteBuf frame, int end) {
            frame.setByte(end - 1, frame.getByte(end - 1) + 1);
            super.small(context, kind, frame, end);
          }
        };
    assertThrows(CompletionException.class, () -> run(alters));
  }

  @Test
  void anAnswerTooManyFailsTheRun() {
    EchoServer doubles =
        new EchoServer(unused -> {}) {
          @Override
          void small(ChannelHandlerContext context, byte kind, ByteBuf frame, int end) {
            int start = frame.readerIndex();
            super.small(context, kind, frame, end);
            frame.readerIndex(start);
            super.small(context, kind, frame, end);
          }
        };
    assertThrows(CompletionException.class, () -> run(doubles));
  }
}
