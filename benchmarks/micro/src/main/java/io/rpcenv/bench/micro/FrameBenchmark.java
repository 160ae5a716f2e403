// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.scale.BenchCodec;
import io.rpcenv.netty.internal.codec.FrameReader;
import io.rpcenv.netty.internal.codec.FrameWriter;
import io.rpcenv.netty.internal.codec.ProtocolViolation;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.ConnectionHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Frames around the small message: header and fields, without the serializer. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class FrameBenchmark {

  private static final int FRAMES = 64;
  private static final int BUFFER = 64 * 1024;

  private final BenchCodec codec = new BenchCodec();
  private final MessageClass sampleClass = codec.sampleClass();
  private final Counting handler = new Counting();
  private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(BUFFER);
  private final ByteBuf requests = PooledByteBufAllocator.DEFAULT.directBuffer(BUFFER);
  private final ByteBuf replies = PooledByteBufAllocator.DEFAULT.directBuffer(BUFFER);
  private MessageBody body;
  private FrameReader reader;

  /** Writes what is read, and lets the reader know class and endpoint. */
  @Setup
  public void prepare() throws ProtocolViolation {
    body = codec.encode(Sample.of(1)).body();
    write(requests, true);
    write(replies, false);
    reader =
        new FrameReader(
            PooledByteBufAllocator.DEFAULT,
            BUFFER,
            new byte[FrameReader.SCRATCH],
            codec::messageClass,
            handler,
            ping -> {});
    out.clear();
    FrameWriter.classes(out, List.of(sampleClass));
    FrameWriter.endpoint(out, 1, "echo");
    reader.read(out);
  }

  private void write(ByteBuf to, boolean request) {
    to.clear();
    for (int i = 1; i <= FRAMES; i++) {
      int start = FrameWriter.begin(to, request ? WireFormat.REQUEST : WireFormat.REPLY);
      if (request) {
        FrameWriter.request(to, i, 1, "", sampleClass);
      } else {
        FrameWriter.reply(to, i, sampleClass);
      }
      FrameWriter.end(to, start, body.size());
      to.writeBytes(body.array(), body.arrayOffset(), body.size());
    }
  }

  /** A REQUEST into the batch. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public ByteBuf writeRequest() {
    write(out, true);
    return out;
  }

  /** A REQUEST out of the receive buffer. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long readRequest() throws ProtocolViolation {
    reader.read(requests.readerIndex(0));
    return handler.count;
  }

  /** A REPLY out of the receive buffer. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long readReply() throws ProtocolViolation {
    reader.read(replies.readerIndex(0));
    return handler.count;
  }

  private static final class Counting implements ConnectionHandler {
    private long count;

    @Override
    public void classDefined(MessageClass announced) {}

    @Override
    public void oneWay(String endpoint, MessageClass type, MessageBody body) {
      throw new IllegalStateException("one-way");
    }

    @Override
    public void request(long callId, String endpoint, MessageClass type, MessageBody body) {
      count++;
      body.release();
    }

    @Override
    public void reply(long callId, MessageClass type, MessageBody body, boolean transientBody) {
      count++;
      if (!transientBody) {
        body.release();
      }
    }

    @Override
    public void failure(long callId, byte[] failure) {
      throw new IllegalStateException("failure");
    }

    @Override
    public void readEnd() {}

    @Override
    public void cancel(long callId) {}

    @Override
    public void writable() {}

    @Override
    public void closed(Throwable cause) {}
  }
}
