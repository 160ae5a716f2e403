// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import io.rpcenv.serialization.MessageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The classes and endpoint names that the peer has announced on one connection. */
final class ClassIds {

  private final IntFunction<MessageClass> fixed;
  private final @Nullable MessageClass[] fixedSeen = new MessageClass[WireFormat.FIRST_CLASS_ID];
  private final List<MessageClass> announced = new ArrayList<>();
  private final List<String> endpoints = new ArrayList<>();

  /**
   * Creates an empty table.
   *
   * @param fixed gives the classes below the first announced id; may throw for those it has no name
   *     for
   */
  ClassIds(IntFunction<MessageClass> fixed) {
    this.fixed = fixed;
  }

  /** Checks that {@code count} classes from {@code first} up may be announced now. */
  void expectClasses(int first, int count) throws ProtocolViolation {
    int next = WireFormat.FIRST_CLASS_ID + announced.size();
    if (first != next || count > WireFormat.MAX_CLASSES - announced.size()) {
      throw new ProtocolViolation(
          "[" + count + "] classes from id [" + first + "] (expected: from " + next + ")");
    }
  }

  MessageClass add(String name, long shape) {
    MessageClass added =
        new MessageClass(WireFormat.FIRST_CLASS_ID + announced.size(), name, shape);
    announced.add(added);
    return added;
  }

  void expectEndpoints(int first, int count) throws ProtocolViolation {
    int next = endpoints.size() + 1;
    if (first != next || count > WireFormat.MAX_ENDPOINTS - endpoints.size()) {
      throw new ProtocolViolation(
          "[" + count + "] endpoints from number [" + first + "] (expected: from " + next + ")");
    }
  }

  void addEndpoint(String name) {
    endpoints.add(name);
  }

  String endpoint(FieldReader fields) throws ProtocolViolation {
    int number = fields.varint();
    if (number == 0) {
      return fields.string();
    }
    if (number > endpoints.size()) {
      throw new ProtocolViolation("endpoint number [" + number + "] was never announced");
    }
    return endpoints.get(number - 1);
  }

  MessageClass messageClass(FieldReader fields) throws ProtocolViolation {
    int id = fields.varint();
    if (id == MessageClass.INLINE) {
      return new MessageClass(MessageClass.INLINE, fields.string(), fields.u64());
    }
    if (id < WireFormat.FIRST_CLASS_ID) {
      return fixed(id);
    }
    int index = id - WireFormat.FIRST_CLASS_ID;
    if (index >= announced.size()) {
      throw new ProtocolViolation("class id [" + id + "] was never announced");
    }
    return announced.get(index);
  }

  private MessageClass fixed(int id) {
    MessageClass seen = fixedSeen[id];
    if (seen == null) {
      seen = nameOfFixed(id);
      fixedSeen[id] = seen;
    }
    return seen;
  }

  private MessageClass nameOfFixed(int id) {
    try {
      return fixed.apply(id);
    } catch (IllegalArgumentException e) {
      return new MessageClass(id, "#" + id, 0);
    }
  }
}
