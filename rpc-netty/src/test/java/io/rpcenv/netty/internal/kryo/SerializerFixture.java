// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerSettings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Serializers of two envs and what a connection would do between them. */
final class SerializerFixture {

  static final int LIMIT = 16 * 1024 * 1024;

  static final RefResolver NO_REFS =
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

  private SerializerFixture() {}

  static Serializer serializer(Class<?>... classes) {
    return serializer(SerializerFixture.class.getClassLoader(), List.of(), classes);
  }

  static Serializer serializer(ClassLoader loader, List<String> patterns, Class<?>... classes) {
    MessageTypes types =
        MessageTypes.of(
            List.of(new RpcEnvSettings.Messages(Optional.empty(), List.of(classes))), patterns);
    return new KryoSerializerProvider()
        .create(new SerializerSettings(RpcConf.defaults(), types, loader));
  }

  static EncodedMessage encode(Serializer serializer, Object message) {
    return serializer.encode(message, LIMIT, NO_REFS);
  }

  /** Returns what a connection knows after it has announced what the message needs. */
  static PeerClasses announce(Serializer from, Serializer to, EncodedMessage message) {
    PeerClasses classes = to.newPeerClasses();
    for (int id = MessageClass.FIRST_ID; id <= message.highestClassId(); id++) {
      classes.define(from.messageClass(id));
    }
    return classes;
  }

  static Object decode(Serializer from, Serializer to, EncodedMessage message) {
    PeerClasses classes = announce(from, to, message);
    classes.check(message.messageClass());
    return to.decode(message.body(), classes, NO_REFS);
  }

  static Object roundTrip(Serializer from, Serializer to, Object message) {
    EncodedMessage encoded = encode(from, message);
    try {
      return decode(from, to, encoded);
    } finally {
      encoded.body().release();
    }
  }

  static byte[] bytes(MessageBody body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer segment : body.segments()) {
      byte[] copy = new byte[segment.remaining()];
      segment.get(copy);
      all.writeBytes(copy);
    }
    return all.toByteArray();
  }

  /** The same bytes as several buffers, as they come from a socket. */
  static MessageBody inPieces(byte[] bytes, int pieceSize) {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += pieceSize) {
      pieces.add(ByteBuffer.wrap(bytes, at, Math.min(pieceSize, bytes.length - at)).slice());
    }
    return MessageBody.ofSegments(pieces, bytes.length, () -> {});
  }
}
