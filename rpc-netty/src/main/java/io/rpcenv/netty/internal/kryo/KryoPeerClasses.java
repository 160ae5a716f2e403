// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import java.util.Arrays;

/**
 * What one peer has announced on one connection. Only ever grows: the network thread writes an
 * element and then the array's reference, readers go the other way round.
 */
final class KryoPeerClasses implements PeerClasses {

  private static final int MAX_NAME = 1024;
  private static final int FIRST_CAPACITY = 16;
  private static final int USUAL_CAPACITY = 256;

  private final ClassTable table;
  private volatile Resolved[] byIndex = {};

  KryoPeerClasses(ClassTable table) {
    this.table = table;
  }

  private sealed interface Resolved {
    WireClass get();
  }

  private record Known(WireClass type) implements Resolved {
    @Override
    public WireClass get() {
      return type;
    }
  }

  private record Refused(String name, String text) implements Resolved {
    @Override
    public WireClass get() {
      throw WireFailure.of(name, text);
    }
  }

  /** Returns whether it is larger than that of a usual peer. */
  boolean isLarge() {
    return byIndex.length > USUAL_CAPACITY;
  }

  @Override
  public void define(MessageClass announced) {
    int index = announced.id() - MessageClass.FIRST_ID;
    if (index < 0 || index >= MessageClass.MAX_CLASSES) {
      throw refuse(announced, "id is out of range");
    }
    if (announced.name().length() > MAX_NAME) {
      throw refuse(announced, "name is longer than " + MAX_NAME + " characters");
    }
    Resolved[] known = byIndex;
    if (index >= known.length) {
      known = Arrays.copyOf(known, Math.max(FIRST_CAPACITY, Math.max(index + 1, index * 2)));
    } else if (known[index] != null) {
      throw refuse(announced, "id is taken");
    }
    known[index] = resolve(announced);
    byIndex = known;
  }

  private static RuntimeException refuse(MessageClass announced, String reason) {
    return WireFailure.malformed("class announcement " + announced.id() + ": " + reason)
        .toException("take in", "announced class");
  }

  private Resolved resolve(MessageClass announced) {
    try {
      return new Known(table.resolve(announced));
    } catch (WireFailure e) {
      return new Refused(announced.name(), e.text());
    }
  }

  @Override
  public void check(MessageClass messageClass) {
    int id = messageClass.id();
    try {
      if (id >= MessageClass.FIRST_ID) {
        get(id);
      } else if (id == MessageClass.INLINE) {
        table.resolve(messageClass);
      } else if (id != FixedTypes.NULL_ID) {
        FixedTypes.byId(id);
      }
    } catch (WireFailure e) {
      throw e.toException("take", messageClass.name());
    }
  }

  /**
   * Returns the class that the peer calls by an id; throws a {@link WireFailure} if there is none.
   */
  WireClass get(int id) {
    Resolved[] known = byIndex;
    int index = id - MessageClass.FIRST_ID;
    Resolved resolved = index >= 0 && index < known.length ? known[index] : null;
    if (resolved == null) {
      throw WireFailure.malformed("class id " + id + " was not announced");
    }
    return resolved.get();
  }
}
