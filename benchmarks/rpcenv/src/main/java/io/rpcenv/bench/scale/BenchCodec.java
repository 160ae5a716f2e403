// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.scale;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Sample;
import io.rpcenv.netty.internal.codec.FrameReader;
import io.rpcenv.netty.internal.kryo.KryoSerializerProvider;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerSettings;
import java.util.List;
import java.util.Optional;

/** RpcEnv's own serializer without an env around it. */
public final class BenchCodec {

  private static final int LIMIT = 128 << 20;

  private static final RefResolver NO_REFS =
      new RefResolver() {
        @Override
        public RefIdentity identify(RpcEndpointRef ref) {
          throw new IllegalArgumentException("no refs here");
        }

        @Override
        public RpcEndpointRef resolve(RefIdentity identity) {
          throw new IllegalArgumentException("no refs here");
        }
      };

  private final Serializer serializer;
  private final byte[] scratch = new byte[FrameReader.SCRATCH];
  private final MessageClass sampleClass;

  /** Creates a serializer that allows the messages of the benchmarks. */
  public BenchCodec() {
    List<Class<?>> classes = List.of(Sample.class, Blob.class);
    MessageTypes types =
        MessageTypes.of(List.of(new RpcEnvSettings.Messages(Optional.empty(), classes)), List.of());
    serializer =
        new KryoSerializerProvider()
            .create(
                new SerializerSettings(
                    RpcConf.defaults(), types, BenchCodec.class.getClassLoader()));
    EncodedMessage first = encode(Sample.of(0));
    sampleClass = first.messageClass();
    first.body().release();
  }

  String serializerId() {
    return serializer.id();
  }

  byte[] scratch() {
    return scratch;
  }

  /** Returns the class of samples, as this side numbers it. */
  public MessageClass sampleClass() {
    return sampleClass;
  }

  /** Returns the class of this number. */
  public MessageClass messageClass(int id) {
    return serializer.messageClass(id);
  }

  /** Returns an empty table for what the other side announces. */
  public PeerClasses newPeerClasses() {
    return serializer.newPeerClasses();
  }

  /** Encodes; the body is the caller's. */
  public EncodedMessage encode(Object message) {
    return serializer.encode(message, LIMIT, NO_REFS);
  }

  /** Decodes; the body stays the caller's. */
  public Object decode(MessageBody body, PeerClasses classes) {
    return serializer.decode(body, classes, NO_REFS);
  }
}
