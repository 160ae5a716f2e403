// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.micro;

import io.rpcenv.bench.Sample;
import io.rpcenv.bench.scale.BenchCodec;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.PeerClasses;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The small message to bytes and back. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class KryoBenchmark {

  private final BenchCodec codec = new BenchCodec();
  private final PeerClasses classes = codec.newPeerClasses();
  private final Sample sample = Sample.of(1);
  private MessageBody body;

  /** Encodes what is decoded. */
  @Setup
  public void encodeOnce() {
    classes.define(codec.sampleClass());
    body = codec.encode(sample).body();
    if (!((Sample) codec.decode(body, classes)).is(1)) {
      throw new IllegalStateException("came back as something else");
    }
  }

  /** To bytes. */
  @Benchmark
  public EncodedMessage encode() {
    EncodedMessage encoded = codec.encode(sample);
    encoded.body().release();
    return encoded;
  }

  /** From bytes. */
  @Benchmark
  public Object decode() {
    return codec.decode(body, classes);
  }
}
