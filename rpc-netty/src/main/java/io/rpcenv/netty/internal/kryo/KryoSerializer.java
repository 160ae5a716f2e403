// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerSettings;
import org.jspecify.annotations.Nullable;

/**
 * Encodes with Kryo: allowed classes alone, under the ids of this env, references off. A body is
 * the id of the message's class, then its content.
 */
final class KryoSerializer implements Serializer {

  static final String ID = "kryo-1";

  private final ClassTable table;
  private final InstancePool<WireKryo> pool;

  KryoSerializer(SerializerSettings settings) {
    ClassTable classes = new ClassTable(settings.types(), settings.classLoader());
    int maxDepth = settings.conf().get(RpcConfKeys.SERIALIZER_MAX_DEPTH);
    this.table = classes;
    this.pool =
        new InstancePool<>(
            2 * Runtime.getRuntime().availableProcessors(), () -> new WireKryo(classes, maxDepth));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public EncodedMessage encode(@Nullable Object message, int limit, RefResolver refs) {
    InstancePool.Place<WireKryo> place = pool.take();
    WireKryo kryo = place.get();
    EncodedMessage encoded;
    try {
      kryo.beginEncode(limit, refs);
      kryo.write(message);
      encoded = finish(kryo);
    } catch (RpcMessageTooLargeException e) {
      abandon(place);
      throw e;
    } catch (Throwable t) {
      abandon(place);
      Class<?> type = message == null ? Object.class : message.getClass();
      throw WireFailure.wrap(type, t).toException("encode", name(type));
    }
    giveBack(place);
    return encoded;
  }

  private static void abandon(InstancePool.Place<WireKryo> place) {
    WireKryo kryo = place.get();
    place.drop(); // first: after a StackOverflowError what goes deeper may fail, too
    kryo.out().abandon();
  }

  private static EncodedMessage finish(WireKryo kryo) {
    WireClass root = kryo.resolver().root();
    MessageClass rootClass = root == null ? FixedTypes.NULL : root.messageClass();
    return new EncodedMessage(rootClass, kryo.resolver().highestId(), kryo.out().finish());
  }

  @Override
  public @Nullable Object decode(MessageBody body, PeerClasses classes, RefResolver refs) {
    if (!(classes instanceof KryoPeerClasses peers)) {
      throw new IllegalArgumentException(
          "classes: " + classes + " (expected: from newPeerClasses of a " + ID + " serializer)");
    }
    InstancePool.Place<WireKryo> place = pool.take();
    WireKryo kryo = place.get();
    Object message;
    try {
      kryo.beginDecode(body, peers, refs);
      message = kryo.read();
      if (kryo.in().remaining() > 0) {
        throw WireFailure.malformed(kryo.in().remaining() + " bytes after the message");
      }
    } catch (Throwable t) {
      place.drop();
      WireClass root = kryo.resolver().root();
      Class<?> type = root == null ? Object.class : root.getType();
      throw WireFailure.wrap(type, t).toException("decode", root == null ? "body" : name(type));
    }
    giveBack(place);
    return message;
  }

  private static void giveBack(InstancePool.Place<WireKryo> place) {
    WireKryo kryo = place.get();
    kryo.end();
    if (kryo.in().isBloated()) {
      place.drop();
    } else {
      place.giveBack();
    }
  }

  private static String name(Class<?> type) {
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }

  @Override
  public PeerClasses newPeerClasses() {
    return new KryoPeerClasses(table);
  }

  @Override
  public MessageClass messageClass(int id) {
    if (id >= MessageClass.FIRST_ID) {
      return table.numbered(id);
    }
    return FixedTypes.describe(id)
        .orElseThrow(() -> new IllegalArgumentException("id: " + id + " (expected: an id in use)"));
  }

  @Override
  public boolean allows(String className) {
    return table.allows(className);
  }

  @Override
  public void close() {
    pool.clear();
  }
}
