// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.micro;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcFuture;
import io.rpcenv.bench.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Inbox and dispatcher through the API, within one process. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class DispatchBenchmark {

  private static final int SENDS = 1024;
  private static final int ASKS = 64;

  private static final class Echo extends RpcEndpoint {
    private final LongAdder received = new LongAdder();

    @Override
    public void receive(Object message) {
      received.increment();
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      call.reply(message);
    }
  }

  /** What the endpoint's handlers run on. */
  public enum Handlers {
    /** One at a time, on the env's dispatcher threads. */
    SERIAL(EndpointOptions.serial()),
    /** Two at a time, there. */
    PARALLEL(EndpointOptions.serial().withParallelism(2)),
    /** On a thread of its own. */
    DEDICATED(EndpointOptions.serial().withExecutor(EndpointExecutor.DEDICATED));

    private final EndpointOptions options;

    Handlers(EndpointOptions options) {
      this.options = options;
    }
  }

  /** The endpoint's options. */
  @Param public Handlers handlers;

  private final Sample sample = Sample.of(1);
  private final List<RpcFuture<Sample>> asked = new ArrayList<>();
  private final Echo endpoint = new Echo();
  private long sent;
  private RpcEnv env;
  private RpcEndpointRef echo;

  /** Starts an env without a transport. */
  @Setup(Level.Trial)
  public void start() {
    env = RpcEnv.builder("micro").build();
    echo = env.setupEndpoint("echo", endpoint, handlers.options);
  }

  /** Ends the env, and fails if a message is lost. */
  @TearDown(Level.Trial)
  public void stop() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (endpoint.received.sum() < sent && System.nanoTime() < end) {
      Thread.onSpinWait(); // two at a time: the last one may be handled still
    }
    env.close();
    if (endpoint.received.sum() != sent) {
      throw new IllegalStateException("sent " + sent + ", received " + endpoint.received);
    }
  }

  /** A send, one of many that are then waited for by one ask. */
  @Benchmark
  @OperationsPerInvocation(SENDS)
  public Sample send() {
    for (int i = 1; i < SENDS; i++) {
      echo.send(sample);
    }
    sent += SENDS - 1;
    return echo.askSync(sample, Sample.class);
  }

  /** An ask, one of many that are under way together. */
  @Benchmark
  @OperationsPerInvocation(ASKS)
  public Sample ask() {
    for (int i = 0; i < ASKS; i++) {
      asked.add(echo.ask(sample, Sample.class));
    }
    Sample last = sample;
    for (RpcFuture<Sample> reply : asked) {
      last = reply.join();
    }
    asked.clear();
    return last;
  }

  /** An ask that is waited for: two changes of threads. */
  @Benchmark
  public Sample askSync() {
    return echo.askSync(sample, Sample.class);
  }
}
