// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.grpc;

import io.grpc.MethodDescriptor;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The two methods of the service, with their hand-written binary form. */
final class Methods {

  static final String SERVICE = "bench.Echo";

  static final MethodDescriptor<Sample, Sample> ECHO =
      unary("Echo", Methods::encodeSample, Methods::decodeSample);

  static final MethodDescriptor<Blob, Blob> LARGE =
      unary("Large", Methods::encodeBlob, Methods::decodeBlob);

  private Methods() {}

  private static <M> MethodDescriptor<M, M> unary(
      String name, Function<M, byte[]> encode, Function<ByteBuffer, M> decode) {
    ExactMarshaller<M> marshaller = new ExactMarshaller<>(encode, decode);
    return MethodDescriptor.newBuilder(marshaller, marshaller)
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .build();
  }

  private static byte[] encodeSample(Sample sample) {
    byte[] text = sample.text().getBytes(StandardCharsets.UTF_8);
    byte[] data = sample.data();
    ByteBuffer out = ByteBuffer.allocate(8 + 1 + text.length + 1 + data.length);
    out.putLong(sample.id()).put((byte) text.length).put(text).put((byte) data.length).put(data);
    return out.array();
  }

  private static Sample decodeSample(ByteBuffer in) {
    long id = in.getLong();
    byte[] text = new byte[in.get() & 0xff];
    in.get(text);
    byte[] data = new byte[in.get() & 0xff];
    in.get(data);
    return new Sample(id, new String(text, StandardCharsets.UTF_8), data);
  }

  private static byte[] encodeBlob(Blob blob) {
    return ByteBuffer.allocate(8 + blob.data().length).putLong(blob.id()).put(blob.data()).array();
  }

  private static Blob decodeBlob(ByteBuffer in) {
    long id = in.getLong();
    byte[] data = new byte[in.remaining()];
    in.get(data);
    return new Blob(id, data);
  }
}
