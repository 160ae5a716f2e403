// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.serialization.MessageClass;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that both sides know without announcement: ids from {@link #NULL_ID} to below {@link
 * MessageClass#FIRST_ID}, never renumbered. An id stands for a way to write, so that classes of the
 * JDK that differ between its versions share one.
 */
final class FixedTypes {

  static final int NULL_ID = 16;
  static final MessageClass NULL = new MessageClass(NULL_ID, "null", 0);

  private static final FixedTable TABLE = table();

  private FixedTypes() {}

  private static FixedTable table() {
    FixedTable table = new FixedTable();
    Values.register(table);
    PrimitiveArrays.register(table);
    Times.register(table);
    Atomics.register(table);
    Lists.register(table);
    Maps.register(table);
    Queues.register(table);
    Wrappers.register(table);
    References.register(table);
    return table.done();
  }

  /** Returns what a class is written as, empty if it is not one of the fixed values. */
  static Optional<WireClass> of(Class<?> type) {
    WireClass exact = TABLE.byClass().get(type);
    if (exact != null) {
      return Optional.of(exact);
    }
    if (RpcEndpointRef.class.isAssignableFrom(type)) {
      return Optional.ofNullable(TABLE.byClass().get(RpcEndpointRef.class));
    }
    return Platform.isPlatform(type) ? Views.of(type).map(TABLE.byClass()::get) : Optional.empty();
  }

  /** Returns the value kind of an id that came; throws a {@link WireFailure} if there is none. */
  static WireClass byId(int id) {
    @Nullable WireClass type = id > NULL_ID && id < MessageClass.FIRST_ID ? TABLE.byId(id) : null;
    if (type == null) {
      throw WireFailure.malformed("class id " + id);
    }
    return type;
  }

  /** Returns what an id below {@link MessageClass#FIRST_ID} means; empty if nothing. */
  static Optional<MessageClass> describe(int id) {
    if (id == NULL_ID) {
      return Optional.of(NULL);
    }
    return id < NULL_ID
        ? Optional.empty()
        : Optional.ofNullable(TABLE.byId(id)).map(WireClass::messageClass);
  }

  /** Returns all ids with what they stand for. */
  static Map<Integer, String> names() {
    return TABLE.names();
  }
}
