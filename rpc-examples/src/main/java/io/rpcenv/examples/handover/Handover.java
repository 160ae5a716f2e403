// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.handover;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.handover.BarMessage.Order;
import io.rpcenv.examples.handover.BarMessage.Ready;
import io.rpcenv.examples.handover.BarMessage.Receipt;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code bin/rpcenv handover}: the bar, with its three envs in one process. */
public final class Handover {

  private static final String HELP = "usage: bin/rpcenv handover\n";

  private Handover() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, Handover::run);
  }

  static void run(List<String> args, PrintStream out) throws Exception {
    Options.parse(args, Set.of(), Set.of()).withoutRest();
    try (RpcEnv kitchen = env("kitchen");
        RpcEnv bar = env("bar");
        RpcEnv street = env("street")) {
      RpcEndpointRef barista = kitchen.setupEndpoint("barista", new Barista());
      bar.setupEndpoint(
          "desk", new Desk(bar.setupEndpointRef(kitchen.address().orElseThrow(), "barista")));

      CompletableFuture<Ready> served = new CompletableFuture<>();
      RpcEndpoint guest = RpcEndpoint.handling().onSend(Ready.class, served::complete).build();
      RpcEndpointRef me = street.setupEndpoint("guest", guest);
      RpcEndpointRef desk = street.setupEndpointRef(bar.address().orElseThrow(), "desk");

      Receipt receipt = desk.askSync(new Order("flat white", me));
      out.println(
          "ordered: number " + receipt.number() + ", " + receipt.ordersBefore() + " before");
      barista.send(new Barista.Done());
      Ready ready = served.get(10, TimeUnit.SECONDS);
      out.println("served: number " + ready.number() + ", a " + ready.drink());
    }
  }

  private static RpcEnv env(String name) {
    return RpcEnv.builder(name).listen("127.0.0.1", 0).messages(BarMessage.class).build();
  }
}
