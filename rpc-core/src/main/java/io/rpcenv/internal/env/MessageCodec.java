// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcDirection;
import io.rpcenv.RpcException;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.RpcSide;
import io.rpcenv.internal.call.ThrowableReader;
import io.rpcenv.internal.call.ThrowableRebuilder;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages to bytes and back: the library's own by hand, all others by the serializer. */
final class MessageCodec {

  private final Serializer serializer;
  private final RefResolver refs;
  private final int ownLimit;
  private final ThrowableRebuilder rebuilder;

  MessageCodec(Serializer serializer, RefResolver refs, int ownLimit, ClassLoader classLoader) {
    this.serializer = serializer;
    this.refs = refs;
    this.ownLimit = ownLimit;
    this.rebuilder = new ThrowableRebuilder(serializer::allows, classLoader);
  }

  ThrowableRebuilder rebuilder() {
    return rebuilder;
  }

  PeerClasses newPeerClasses() {
    return serializer.newPeerClasses();
  }

  /**
   * Encodes a message under the smaller of this env's and the peer's limit.
   *
   * @throws RpcException if it is too large or cannot be encoded, in the words of {@code direction}
   */
  EncodedMessage encode(@Nullable Object message, int peerLimit, RpcDirection direction) {
    if (message instanceof SystemMessage system) {
      return new EncodedMessage(system.messageClass(), 0, system.encode());
    }
    int limit = Math.min(ownLimit, peerLimit);
    try {
      return serializer.encode(message, limit, refs);
    } catch (RpcMessageTooLargeException e) {
      throw new RpcMessageTooLargeException(
          e.size(), limit, e.key(), peerLimit < ownLimit ? RpcSide.PEER : RpcSide.LOCAL, direction);
    } catch (RpcSerializationException e) {
      throw e.direction() == direction ? e : in(direction, e);
    } catch (Exception e) {
      throw notEncodable(message, direction, e);
    }
  }

  /** Returns the failure for what the code of a message's class threw while it was encoded. */
  static RpcSerializationException notEncodable(
      @Nullable Object message, RpcDirection direction, Throwable cause) {
    String name = message == null ? "null" : message.getClass().getName();
    return new RpcSerializationException(
        "a message of class [" + name + "] could not be encoded: " + ThrowableReader.text(cause),
        name,
        "",
        direction,
        cause);
  }

  /**
   * Decodes a message.
   *
   * @param body stays the caller's
   * @throws RpcSerializationException if it cannot be decoded, in the words of {@code direction}
   */
  @Nullable Object decode(
      MessageClass messageClass, MessageBody body, PeerClasses classes, RpcDirection direction) {
    try {
      return SystemMessage.isSystem(messageClass.id())
          ? SystemMessage.decode(messageClass.id(), body)
          : serializer.decode(body, classes, refs);
    } catch (RpcSerializationException e) {
      throw e.direction() == direction ? e : in(direction, e);
    } catch (Exception e) {
      throw notDecodable(messageClass, direction, e);
    }
  }

  /** Returns the failure for what was thrown while a message was decoded. */
  static RpcSerializationException notDecodable(
      MessageClass messageClass, RpcDirection direction, Throwable cause) {
    return new RpcSerializationException(
        "a message of class ["
            + messageClass.name()
            + "] could not be decoded: "
            + ThrowableReader.text(cause),
        messageClass.name(),
        "",
        direction,
        cause);
  }

  private static RpcSerializationException in(RpcDirection direction, RpcSerializationException e) {
    RpcSerializationException restated =
        new RpcSerializationException(
            Objects.requireNonNullElse(e.getMessage(), "cannot be serialized"),
            e.typeName(),
            e.path(),
            direction,
            e.getCause());
    restated.setStackTrace(e.getStackTrace());
    return restated;
  }

  /** Says whether a message may be decoded at all, before its body is touched. */
  static void check(MessageClass messageClass, PeerClasses classes) {
    if (!SystemMessage.isSystem(messageClass.id())) {
      classes.check(messageClass);
    }
  }
}
