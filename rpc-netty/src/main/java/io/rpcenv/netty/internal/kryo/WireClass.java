// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import com.esotericsoftware.kryo.Registration;
import io.rpcenv.serialization.MessageClass;

/**
 * A class with its codec and its place on the wire. Belongs to an env, not to one Kryo instance:
 * its codec has no state and it is never changed, but for the id that it gets once.
 */
final class WireClass extends Registration {

  /** Allowed, and not numbered so far. */
  static final int UNNUMBERED = -1;

  private final String name;
  private final Shape shape;

  /** The id and what to tell of it; written under the class table's lock. */
  private volatile MessageClass messageClass;

  private WireClass(Class<?> type, Codec<?> codec, int id, String name, Shape shape) {
    super(type, codec, Math.max(id, 0));
    this.name = name;
    this.shape = shape;
    this.messageClass = new MessageClass(id, name, shape.hash());
  }

  /** A value that both sides know without announcement. */
  static WireClass fixed(int id, Class<?> type, Codec<?> codec) {
    return new WireClass(type, codec, id, type.getName(), Shape.NONE);
  }

  static WireClass unnumbered(Class<?> type, Codec<?> codec, Shape shape) {
    return new WireClass(type, codec, UNNUMBERED, type.getName(), shape);
  }

  MessageClass messageClass() {
    return messageClass;
  }

  /** Returns what to tell of it under an id. */
  MessageClass under(int id) {
    return new MessageClass(id, name, shape.hash());
  }

  /** From now on it is encoded so, by any thread. */
  void becomes(MessageClass numbered) {
    messageClass = numbered;
  }

  String name() {
    return name;
  }

  Shape shape() {
    return shape;
  }
}
