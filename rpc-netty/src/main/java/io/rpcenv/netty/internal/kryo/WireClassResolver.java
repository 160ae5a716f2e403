// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.IdentityMap;
import io.rpcenv.serialization.MessageClass;
import org.jspecify.annotations.Nullable;

/**
 * Writes class ids of this env and reads those of the peer. One per Kryo instance, since it
 * remembers what the call at hand has seen.
 */
@SuppressWarnings("rawtypes") // as Kryo declares it
final class WireClassResolver implements ClassResolver {

  private final ClassTable table;
  private final IdentityMap<Class<?>, WireClass> seen = new IdentityMap<>();
  private @Nullable WireClass lastWritten;
  private @Nullable KryoPeerClasses peers;
  private int highestId;

  /** The root of this message if it has one yet, otherwise that of one before. */
  private @Nullable WireClass root;

  private boolean rooted;

  WireClassResolver(ClassTable table) {
    this.table = table;
  }

  void beginEncode() {
    rooted = false;
    highestId = 0;
  }

  void beginDecode(KryoPeerClasses callPeers) {
    rooted = false;
    if (peers != callPeers) {
      peers = callPeers;
    }
  }

  /** Lets go of a table so large that it must not outlive its connection here. */
  void end() {
    if (peers != null && peers.isLarge()) {
      peers = null;
    }
  }

  /** Returns the class of the message itself, null if the message was null or has none yet. */
  @Nullable WireClass root() {
    return rooted ? root : null;
  }

  // What is the same as before is not written again: a reference in an object as old as this one
  // costs a memory fence.

  private void root(WireClass type) {
    if (!rooted) {
      rooted = true;
      if (root != type) {
        root = type;
      }
    }
  }

  /** Returns the highest announced id of this message, 0 if it used none. */
  int highestId() {
    return highestId;
  }

  @Override
  public @Nullable Registration writeClass(Output output, @Nullable Class type) {
    if (type == null) {
      output.writeVarInt(FixedTypes.NULL_ID, true);
      return null;
    }
    WireClass known = lastWritten;
    if (known == null || known.getType() != type) {
      known = find(type);
      lastWritten = known;
    }
    root(known);
    writeId(output, known);
    return known;
  }

  private WireClass find(Class<?> type) {
    WireClass known = seen.get(type);
    if (known == null) {
      known = table.get(type);
      seen.put(type, known);
    }
    return known;
  }

  private void writeId(Output output, WireClass type) {
    MessageClass id = type.messageClass();
    if (id.id() == WireClass.UNNUMBERED) {
      id = table.number(type);
    }
    output.writeVarInt(id.id(), true);
    if (id.id() >= MessageClass.FIRST_ID) {
      highestId = Math.max(highestId, id.id());
    } else if (id.id() == MessageClass.INLINE) {
      output.writeString(id.name());
      output.writeLong(id.shape());
    }
  }

  @Override
  public @Nullable Registration readClass(Input input) {
    int id = input.readVarInt(true);
    if (id == FixedTypes.NULL_ID) {
      return null;
    }
    WireClass type = resolve(input, id);
    root(type);
    return type;
  }

  private WireClass resolve(Input input, int id) {
    if (id >= MessageClass.FIRST_ID && peers != null) {
      return peers.get(id);
    }
    if (id == MessageClass.INLINE) {
      String name = input.readString();
      long shape = input.readLong();
      return table.resolve(new MessageClass(id, name == null ? "" : name, shape));
    }
    return FixedTypes.byId(id);
  }

  @Override
  public @Nullable Registration getRegistration(Class type) {
    return null;
  }

  @Override
  public @Nullable Registration getRegistration(int id) {
    return null;
  }

  /** Ignores what Kryo registers by itself: ids are the env's. */
  @Override
  public Registration register(Registration registration) {
    return registration;
  }

  @Override
  public Registration registerImplicit(Class type) {
    return table.get(type);
  }

  @Override
  public @Nullable Registration unregister(int id) {
    return null;
  }

  @Override
  public void setKryo(Kryo kryo) {}

  @Override
  public void reset() {}
}
