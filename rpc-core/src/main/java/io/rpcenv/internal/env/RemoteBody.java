// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcDirection;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.internal.queue.ByteBudget;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An undecoded message from another env, with all that decoding it takes. */
final class RemoteBody {

  private final MessageClass messageClass;
  private final MessageBody body;
  private final PeerClasses classes;
  private final MessageCodec codec;
  private final RpcDirection direction;
  private final ByteBudget budget;

  // Written by whoever holds the message: the network thread, then the endpoint's.
  private boolean counted;
  private boolean released;

  RemoteBody(
      MessageClass messageClass,
      MessageBody body,
      PeerClasses classes,
      MessageCodec codec,
      RpcDirection direction,
      ByteBudget budget) {
    this.messageClass = messageClass;
    this.body = body;
    this.classes = classes;
    this.codec = codec;
    this.direction = direction;
    this.budget = budget;
  }

  String className() {
    return messageClass.name();
  }

  /** Counts it against the budget of undecoded bytes, if it fits. On the connection's loop. */
  boolean count(ReadCredit credit) {
    counted = credit.tryTake(body.size());
    return counted;
  }

  /** Returns why it cannot be decoded, as far as its class tells; its bytes are not touched. */
  Optional<RpcSerializationException> refusal() {
    try {
      MessageCodec.check(messageClass, classes);
      return Optional.empty();
    } catch (RpcSerializationException e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      return Optional.of(MessageCodec.notDecodable(messageClass, direction, e));
    }
  }

  /** Decodes it and gives the bytes back. Once. */
  @Nullable Object decode() {
    try {
      return codec.decode(messageClass, body, classes, direction);
    } finally {
      release();
    }
  }

  /** Gives the bytes back, if that is not done yet. */
  void release() {
    if (!released) {
      released = true;
      if (counted) {
        budget.giveBack(body.size());
      }
      body.release();
    }
  }
}
