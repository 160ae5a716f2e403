// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** Turns messages to bytes and back with no copy that is not needed. */
final class ExactMarshaller<M> implements MethodDescriptor.Marshaller<M> {

  private final Function<M, byte[]> encode;
  private final Function<ByteBuffer, M> decode;

  ExactMarshaller(Function<M, byte[]> encode, Function<ByteBuffer, M> decode) {
    this.encode = encode;
    this.decode = decode;
  }

  @Override
  public InputStream stream(M message) {
    return new Encoded(encode.apply(message));
  }

  @Override
  public M parse(InputStream stream) {
    try {
      // The length is known, and all of it is there.
      byte[] bytes = new byte[stream.available()];
      int length = stream.readNBytes(bytes, 0, bytes.length);
      return decode.apply(ByteBuffer.wrap(bytes, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes itself as a whole. */
  private static final class Encoded extends ByteArrayInputStream
      implements KnownLength, Drainable {

    Encoded(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
