// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.spark;

import io.rpcenv.bench.BenchSystem;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Child;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.Work;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.concurrent.ExecutionContext;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.util.Try;

/** Spark's own RpcEnv, between two of its environments; no SparkContext. */
public final class SparkSystem implements BenchSystem {

  private static final ClassTag<Sample> SAMPLE = ClassTag$.MODULE$.apply(Sample.class);
  private static final ClassTag<Blob> BLOB = ClassTag$.MODULE$.apply(Blob.class);

  /** Runs callbacks where the future is completed: no hop to another pool. */
  private static final ExecutionContext HERE = scala.concurrent.ExecutionContext.parasitic$.MODULE$;

  private final RpcEnv server;
  private final RpcEnv client;
  private final RpcEndpointRef local;
  private final RpcEndpointRef remote;
  private final RpcEndpointRef remoteLarge;
  private RpcEnv fileServer;
  private RpcEnv fileClient;

  private SparkSystem(Consumer<Sample> sink) {
    SparkConf conf = new SparkConf(false);
    server = env("server", conf, false);
    client = env("client", conf, true);
    local = server.setupEndpoint("echo", new EchoEndpoint(server, sink));
    server.setupEndpoint("large", new EchoEndpoint(server, sink));
    remote = client.setupEndpointRef(server.address(), "echo");
    remoteLarge = client.setupEndpointRef(server.address(), "large");
  }

  private static RpcEnv env(String name, SparkConf conf, boolean clientMode) {
    SecurityManager security =
        new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
    return RpcEnv.create(name, "localhost", 0, conf, security, clientMode);
  }

  @Override
  public Set<Work> works() {
    return EnumSet.allOf(Work.class);
  }

  @Override
  public void ask(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    ask(remote, message, SAMPLE, done);
  }

  @Override
  public void askLarge(Blob message, BiConsumer<? super Blob, ? super Throwable> done) {
    ask(remoteLarge, message, BLOB, done);
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
    ask(local, message, SAMPLE, done);
  }

  private static <M> void ask(
      RpcEndpointRef ref,
      M message,
      ClassTag<M> type,
      BiConsumer<? super M, ? super Throwable> done) {
    ref.ask(message, type)
        .onComplete(
            (Try<M> outcome) -> {
              if (outcome.isSuccess()) {
                done.accept(outcome.get(), null);
              } else {
                done.accept(null, outcome.failed().get());
              }
              return null;
            },
            HERE);
  }

  /** Has environments of its own: by NIO Spark reads a file faster than by epoll. */
  @Override
  public ReadableByteChannel openFile(Path file) {
    if (fileServer == null) {
      SparkConf conf = new SparkConf(false);
      conf.set("spark.rpc.io.mode", "NIO").set("spark.files.io.mode", "NIO");
      fileServer = env("file-server", conf, false);
      fileClient = env("file-client", conf, true);
    }
    return fileClient.openChannel(fileServer.fileServer().addFile(file.toFile()));
  }

  @Override
  public void close() {
    if (fileServer != null) {
      fileClient.shutdown();
      fileServer.shutdown();
    }
    client.shutdown();
    server.shutdown();
  }

  /** Runs the system for the one who started this JVM. */
  public static void main(String[] args) {
    Child.main(SparkSystem::new);
  }
}
