// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Gives whoever connects the length of a file and then the file, moved by the kernel. */
final class FileServer extends ChannelInboundHandlerAdapter {

  private final Path path;

  FileServer(Path path) {
    this.path = path;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws IOException {
    FileChannel file = FileChannel.open(path);
    long length = file.size();
    context.write(context.alloc().buffer().writeLong(length));
    context
        .writeAndFlush(new DefaultFileRegion(file, 0, length)) // closes the file in the end
        .addListener(ChannelFutureListener.CLOSE);
  }
}
