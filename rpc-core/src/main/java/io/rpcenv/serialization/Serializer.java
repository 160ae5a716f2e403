// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import org.jspecify.annotations.Nullable;

/**
 * Turns messages into bytes and back. Thread-safe; calls do not block, and an error in one call
 * never spoils another.
 */
public interface Serializer extends AutoCloseable {

  /**
   * Returns what both sides must have in common, for example {@code kryo-1}. Part of the handshake:
   * peers with another id are refused.
   */
  String id();

  /**
   * Encodes a message, on the thread that sends it.
   *
   * @param message the message, may be null (as a reply)
   * @param limit the largest allowed size in bytes; checked while encoding, so that a larger
   *     message is never built
   * @param refs turns references into identities
   * @return the bytes; the caller owns the body
   * @throws io.rpcenv.RpcSerializationException if a class is not allowed or cannot be encoded,
   *     with the path to the field
   * @throws io.rpcenv.RpcMessageTooLargeException if it would exceed the limit
   */
  EncodedMessage encode(@Nullable Object message, int limit, RefResolver refs);

  /**
   * Decodes a message. Only allowed classes are instantiated.
   *
   * @param body the bytes; stays the caller's
   * @param classes what the sender announced on the connection that the body came on
   * @param refs turns identities into references
   * @return the message
   * @throws io.rpcenv.RpcSerializationException if the bytes cannot be decoded or use a class that
   *     cannot be taken
   */
  @Nullable Object decode(MessageBody body, PeerClasses classes, RefResolver refs);

  /** Returns an empty table for a new connection. */
  PeerClasses newPeerClasses();

  /**
   * Returns a class that this serializer has numbered, for announcing it, or one whose id is fixed.
   *
   * @param id an id that an {@link EncodedMessage} of this serializer has used, or a lower one, or
   *     a fixed one below {@link MessageClass#FIRST_ID}
   * @return the class
   * @throws IllegalArgumentException if no class has that id
   */
  MessageClass messageClass(int id);

  /**
   * Returns whether a class of that name could be rebuilt here, for example to give a remote
   * failure its type back.
   *
   * @param className the name, as {@link Class#getName()} gives it
   * @return true if this env allows it
   */
  boolean allows(String className);

  /** Drops pooled instances. */
  @Override
  void close();
}
