// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.RpcSide;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerProvider;
import io.rpcenv.serialization.SerializerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization, for tests alone: it honours the limit, the allow-list and announced classes,
 * and lets refs through a {@link RefResolver}.
 */
public final class JavaTestSerializer implements Serializer {

  private final SerializerSettings settings;
  private final Map<String, MessageClass> byName = new HashMap<>();
  private final List<MessageClass> byId = new ArrayList<>();

  private JavaTestSerializer(SerializerSettings settings) {
    this.settings = settings;
  }

  /** Returns a provider of such serializers. */
  public static SerializerProvider provider() {
    return JavaTestSerializer::new;
  }

  @Override
  public String id() {
    return "java-test";
  }

  @Override
  public EncodedMessage encode(@Nullable Object message, int limit, RefResolver refs) {
    MessageClass own = number(typeOf(message));
    Limited bytes = new Limited(limit);
    try (RefObjectOutput out = new RefObjectOutput(bytes, this, refs)) {
      out.writeObject(message);
      out.flush();
      int highest = Math.max(own.id(), out.highestClassId());
      return new EncodedMessage(own, highest, MessageBody.ofArray(bytes.toByteArray()));
    } catch (TooLarge e) {
      throw new RpcMessageTooLargeException(
          RpcMessageTooLargeException.UNKNOWN_SIZE,
          limit,
          RpcConfKeys.MESSAGE_MAX_SIZE.name(),
          RpcSide.LOCAL,
          RpcDirection.REQUEST);
    } catch (NotSerializableException e) {
      String type = String.valueOf(e.getMessage());
      String path = FieldPath.to(message, type);
      throw new RpcSerializationException(
          "cannot encode " + type + " at " + path, type, path, RpcDirection.REQUEST, e);
    } catch (IOException e) {
      throw new RpcSerializationException(
          "cannot encode " + own.name() + ": " + e, own.name(), "", RpcDirection.REQUEST, e);
    }
  }

  private static Class<?> typeOf(@Nullable Object message) {
    if (message == null) {
      return Void.class;
    }
    return message instanceof RpcEndpointRef ? RefToken.class : message.getClass();
  }

  @Override
  public @Nullable Object decode(MessageBody body, PeerClasses classes, RefResolver refs) {
    List<java.io.InputStream> parts = new ArrayList<>();
    for (ByteBuffer segment : body.segments()) {
      byte[] copy = new byte[segment.remaining()];
      segment.get(copy);
      parts.add(new java.io.ByteArrayInputStream(copy));
    }
    try (RefObjectInput in =
        new RefObjectInput(
            new SequenceInputStream(java.util.Collections.enumeration(parts)),
            (JavaPeerClasses) classes,
            settings.classLoader(),
            refs)) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new RpcSerializationException(
          "cannot decode: " + e, "unknown", "", RpcDirection.REQUEST, e);
    }
  }

  @Override
  public PeerClasses newPeerClasses() {
    return new JavaPeerClasses(this);
  }

  @Override
  public MessageClass messageClass(int id) {
    synchronized (byId) {
      int index = id - MessageClass.FIRST_ID;
      if (index < 0 || index >= byId.size()) {
        throw new IllegalArgumentException("id: " + id + " (expected: of a numbered class)");
      }
      return byId.get(index);
    }
  }

  @Override
  public boolean allows(String className) {
    try {
      return refusalOf(className) == null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public void close() {}

  /** Numbers a class that may cross. */
  MessageClass number(Class<?> type) {
    if (!allowed(type)) {
      throw refused(type.getName());
    }
    synchronized (byId) {
      return byName.computeIfAbsent(
          type.getName(),
          name -> {
            int id = MessageClass.FIRST_ID + byId.size();
            MessageClass made = new MessageClass(id, name, 0);
            byId.add(made);
            return made;
          });
    }
  }

  static RpcSerializationException refused(String name) {
    return new RpcSerializationException(
        MessageTypes.refusal(name), name, "", RpcDirection.REQUEST, null);
  }

  /** Returns why a class that a peer names cannot be taken, or null if it can. */
  @Nullable String refusalOf(String name) throws ClassNotFoundException {
    Class<?> type = Class.forName(name, false, settings.classLoader());
    return allowed(type) ? null : MessageTypes.refusal(name);
  }

  private boolean allowed(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive()
        || element == RefToken.class
        || element.getName().startsWith("java.lang.")
        || element.getName().startsWith("java.util.")
        || element.getName().startsWith("java.time.")
        || element.getName().startsWith("java.io.")
        || settings.types().allows(type);
  }

  /** Stops at the limit. */
  private static final class Limited extends ByteArrayOutputStream {
    private final int limit;

    Limited(int limit) {
      this.limit = limit;
    }

    @Override
    public synchronized void write(int b) {
      check(1);
      super.write(b);
    }

    @Override
    public synchronized void write(byte[] b, int off, int len) {
      check(len);
      super.write(b, off, len);
    }

    private void check(int more) {
      if (count > limit - more) {
        throw new TooLarge();
      }
    }
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
