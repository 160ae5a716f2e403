// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.rpcenv;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.bench.BenchSystem;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Child;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.Work;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** RpcEnv as it comes: no setting but where the endpoints run. */
public final class RpcEnvSystem implements BenchSystem {

  private final Set<Work> works = EnumSet.allOf(Work.class);
  private final RpcEnv server;
  private final RpcEnv client;
  private final RpcEndpointRef local;
  private final RpcEndpointRef remote;
  private final RpcEndpointRef remoteLarge;

  /** Starts server and client with endpoints on this executor. */
  public RpcEnvSystem(EndpointExecutor executor, Consumer<Sample> sink) {
    if (executor == EndpointExecutor.EVENT_LOOP) {
      works.remove(Work.FILE); // has nothing to do with endpoints
    }
    EndpointOptions options = EndpointOptions.serial().withExecutor(executor);
    Class<?>[] messages = {Sample.class, Blob.class};
    server = RpcEnv.builder("server").listen("localhost", 0).messages(messages).build();
    client = RpcEnv.builder("client").messages(messages).build();
    local = server.setupEndpoint("echo", new EchoEndpoint(sink), options);
    server.setupEndpoint("large", new EchoEndpoint(sink), options);
    RpcAddress address = server.address().orElseThrow();
    remote = client.setupEndpointRef(address, "echo");
    remoteLarge = client.setupEndpointRef(address, "large");
  }

  @Override
  public Set<Work> works() {
    return works;
  }

  @Override
  public void ask(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    remote.ask(message, Sample.class).whenComplete(done);
  }

  @Override
  public void askLarge(Blob message, BiConsumer<? super Blob, ? super Throwable> done) {
    remoteLarge.ask(message, Blob.class).whenComplete(done);
  }

  @Override
  public void send(Sample message) {
    remote.send(message);
  }

  @Override
  public void localSend(Sample message) {
    local.send(message);
  }

  @Override
  public void localAsk(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    local.ask(message, Sample.class).whenComplete(done);
  }

  @Override
  public ReadableByteChannel openFile(Path file) throws IOException {
    return client.openChannel(server.fileServer().addFile(file));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  /** Runs the system for the one who started this JVM; the argument is the endpoints' executor. */
  public static void main(String[] args) {
    EndpointExecutor executor = EndpointExecutor.valueOf(args[0]);
    Child.main(sink -> new RpcEnvSystem(executor, sink));
  }
}
