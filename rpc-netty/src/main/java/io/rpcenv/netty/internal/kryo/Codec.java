// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * Writes and reads the content of values of one kind. Has no state that changes, unlike Kryo's own
 * serializers, so that all instances of an env share it.
 */
abstract class Codec<T> extends Serializer<T> {

  /** Writes through {@code kryo.out()}. */
  abstract void write(WireKryo kryo, T value);

  /** Reads through {@code kryo.in()}. */
  abstract T read(WireKryo kryo);

  @Override
  public final void write(Kryo kryo, Output output, T value) {
    write((WireKryo) kryo, value);
  }

  @Override
  public final T read(Kryo kryo, Input input, Class<? extends T> type) {
    return read((WireKryo) kryo);
  }

  /** Writes content. */
  @FunctionalInterface
  interface Writer<T> {
    void write(WireKryo kryo, T value);
  }

  /** Reads content. */
  @FunctionalInterface
  interface Reader<T> {
    T read(WireKryo kryo);
  }

  static <T> Codec<T> of(Writer<? super T> writer, Reader<? extends T> reader) {
    return new Codec<>() {
      @Override
      void write(WireKryo kryo, T value) {
        writer.write(kryo, value);
      }

      @Override
      T read(WireKryo kryo) {
        return reader.read(kryo);
      }
    };
  }

  /** A value without content. */
  static <T> Codec<T> constant(T value) {
    return of((kryo, ignored) -> {}, kryo -> value);
  }
}
