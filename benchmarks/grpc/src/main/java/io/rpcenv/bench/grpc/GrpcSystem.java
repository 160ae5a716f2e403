// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.grpc;

import io.grpc.CallOptions;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.rpcenv.bench.BenchSystem;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Child;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.Work;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** gRPC-Java at its best: unary calls, direct executors on both sides, one connection. */
public final class GrpcSystem implements BenchSystem {

  private static final int MOST = 128 << 20;
  private static final int FLOW_WINDOW = 8 << 20;

  private final Server server;
  private final ManagedChannel channel;

  private GrpcSystem() throws IOException {
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress("localhost", 0), InsecureServerCredentials.create())
            .directExecutor()
            .maxInboundMessageSize(MOST)
            .flowControlWindow(FLOW_WINDOW)
            .addService(service())
            .build()
            .start();
    channel =
        NettyChannelBuilder.forAddress("localhost", server.getPort())
            .usePlaintext()
            .directExecutor()
            .maxInboundMessageSize(MOST)
            .flowControlWindow(FLOW_WINDOW)
            .build();
  }

  private static ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(Methods.SERVICE)
        .addMethod(Methods.ECHO, ServerCalls.asyncUnaryCall(GrpcSystem::echo))
        .addMethod(Methods.LARGE, ServerCalls.asyncUnaryCall(GrpcSystem::echo))
        .build();
  }

  private static <M> void echo(M request, StreamObserver<M> reply) {
    reply.onNext(request);
    reply.onCompleted();
  }

  @Override
  public Set<Work> works() {
    return EnumSet.of(Work.ASK_64, Work.ASK_1024, Work.LATENCY, Work.LARGE, Work.MIXED);
  }

  @Override
  public void ask(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    call(Methods.ECHO, message, done);
  }

  @Override
  public void askLarge(Blob message, BiConsumer<? super Blob, ? super Throwable> done) {
    call(Methods.LARGE, message, done);
  }

  private <M> void call(
      MethodDescriptor<M, M> method, M message, BiConsumer<? super M, ? super Throwable> done) {
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, CallOptions.DEFAULT),
        message,
        new StreamObserver<M>() {
          private M reply;

          @Override
          public void onNext(M value) {
            reply = value;
          }

          @Override
          public void onError(Throwable failure) {
            done.accept(null, failure);
          }

          @Override
          public void onCompleted() {
            done.accept(reply, null);
          }
        });
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** Runs the system for the one who started this JVM. */
  public static void main(String[] args) {
    Child.main(sink -> new GrpcSystem());
  }
}
