// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.spark;

import io.rpcenv.bench.Sample;
import java.util.function.Consumer;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/** Answers with what it was asked, and passes on what it was sent. */
final class EchoEndpoint implements ThreadSafeRpcEndpoint {

  private final RpcEnv env;
  private final Consumer<Sample> sink;

  EchoEndpoint(RpcEnv env, Consumer<Sample> sink) {
    this.env = env;
    this.sink = sink;
  }

  @Override
  public RpcEnv rpcEnv() {
    return env;
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receive() {
    return handler(message -> sink.accept((Sample) message));
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext context) {
    return handler(context::reply);
  }

  private static PartialFunction<Object, BoxedUnit> handler(Consumer<Object> action) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Object message) {
        return true;
      }

      @Override
      public BoxedUnit apply(Object message) {
        action.accept(message);
        return BoxedUnit.UNIT;
      }
    };
  }
}
