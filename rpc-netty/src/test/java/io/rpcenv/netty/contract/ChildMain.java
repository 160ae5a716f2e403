// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.RpcFuture;
import io.rpcenv.contract.Leftovers;
import io.rpcenv.contract.Msg;
import io.rpcenv.contract.NetRecorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The other process of the two-JVM tests. Arguments: a port to listen on, or {@code client}.
 * Commands: {@code ask URI TEXT}, {@code give URI}, {@code carry URI}, {@code pend URI}, {@code
 * serve FILE}, {@code close}.
 */
final class ChildMain {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final RpcEnv env;
  private final RpcEndpointRef own;

  private ChildMain(RpcEnv env) {
    this.env = env;
    this.own = env.setupEndpoint("child", new Talker());
  }

  /** Says what happens to it. */
  private static final class Talker extends NetRecorder {
    @Override
    public void receive(Object message) throws Exception {
      OUT.println("GOT " + message);
    }

    @Override
    public void onConnected(RpcAddress peer) throws Exception {
      OUT.println("CONNECTED " + peer);
    }

    @Override
    public void onDisconnected(RpcAddress peer) throws Exception {
      OUT.println("DISCONNECTED " + peer);
    }

    @Override
    public void onStop() throws Exception {
      OUT.println("STOPPED");
    }
  }

  /**
   * Runs until its input ends or it is told to close.
   *
   * @param arguments a port, or {@code client}
   */
  public static void main(String[] arguments) throws Exception {
    RpcEnv.Builder builder =
        RpcEnv.builder("child")
            .conf(RpcConf.builder().set("rpc.port.maxRetries", "0").build())
            .messages(Msg.class);
    if (!arguments[0].equals("client")) {
      builder.listen("127.0.0.1", Integer.parseInt(arguments[0]));
    }
    RpcEnv env = builder.build();
    ChildMain child = new ChildMain(env);
    OUT.println("READY " + env.address().map(RpcAddress::toString).orElse("client"));
    child.obey();
  }

  private void obey() throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line; (line = in.readLine()) != null; ) {
        String[] words = line.split(" ", 3);
        try {
          if (words[0].equals("close")) {
            break;
          }
          if (words[0].equals("serve")) {
            OUT.println("SERVING " + env.fileServer().addFile(Path.of(words[1])));
            continue;
          }
          obey(words[0], env.setupEndpointRefByURI(words[1]), words.length > 2 ? words[2] : "");
        } catch (RpcException e) {
          OUT.println("FAILED " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
      }
    }
    env.close();
    OUT.println("CLOSED with threads " + Leftovers.threads("child"));
  }

  private void obey(String command, RpcEndpointRef ref, String text) {
    switch (command) {
      case "ask" -> OUT.println("REPLY " + ref.askSync(new Msg.Echo(text)));
      case "carry" -> OUT.println("CARRIED " + ref.askSync(new Msg.Carry(own)));
      case "give" -> OUT.println("GIVEN " + ref.askSync(new Msg.GiveBack(own)).equals(own));
      case "pend" -> pend(ref.ask(new Msg.Never()));
      default -> OUT.println("FAILED unknown command " + command);
    }
  }

  private static void pend(RpcFuture<String> ask) {
    ask.whenComplete(
        (reply, failure) -> OUT.println("ENDED " + failure.getClass().getSimpleName()));
    OUT.println("PENDING");
  }
}
