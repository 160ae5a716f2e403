// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnv;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Child;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.netty.NettySystem;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A server in a JVM of its own; tells its port, and on each line of input its heap in use. */
public final class Server {

  private static final int MANY = 2_000_000;

  private Server() {}

  /** Runs the server of this name, {@code netty} or {@code rpcenv}, until the input ends. */
  public static void main(String[] args) throws Exception {
    int port = args[0].equals("netty") ? NettySystem.listen() : env();
    System.out.println(Child.MARK + port);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(Child.MARK + Heap.used());
    }
    Runtime.getRuntime().halt(0);
  }

  private static int env() {
    RpcEnv env =
        RpcEnv.builder("server")
            .listen("localhost", 0)
            .conf(RpcConf.builder().set("rpc.inbound.maxBytes", "1g").build())
            .messages(Sample.class, Blob.class)
            .build();
    RpcEndpoint echo =
        new RpcEndpoint() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            call.reply(message);
          }
        };
    RpcEndpoint silent =
        new RpcEndpoint() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {}
        };
    EndpointOptions large = EndpointOptions.serial().withInboxCapacity(MANY);
    env.setupEndpoint("echo", echo, large);
    env.setupEndpoint("silent", silent, large);
    return env.address().orElseThrow().port();
  }
}
