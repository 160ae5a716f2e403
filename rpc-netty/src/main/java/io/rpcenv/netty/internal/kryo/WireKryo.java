// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import com.esotericsoftware.kryo.Kryo;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.serialization.RefResolver;
import org.jspecify.annotations.Nullable;

/**
 * One Kryo instance with its buffers and what belongs to the call at hand. Used by one thread at a
 * time; dropped after a failure.
 */
final class WireKryo extends Kryo {

  /** Slots of queues with a fixed capacity, which take memory without bytes that pay for it. */
  private static final int MAX_SPARE_SLOTS = 1 << 20;

  private static final RefResolver NO_REFS =
      new RefResolver() {
        @Override
        public RefIdentity identify(RpcEndpointRef ref) {
          throw new IllegalStateException("identify (expected: within a call)");
        }

        @Override
        public RpcEndpointRef resolve(RefIdentity identity) {
          throw new IllegalStateException("resolve (expected: within a call)");
        }
      };

  private final WireOutput out = new WireOutput();
  private final WireInput in = new WireInput();
  private final WireClassResolver resolver;
  private final int maxDepth;
  private RefResolver refs = NO_REFS;
  private int spareSlots;

  WireKryo(ClassTable table, int maxDepth) {
    this(new WireClassResolver(table), maxDepth);
  }

  private WireKryo(WireClassResolver resolver, int maxDepth) {
    super(resolver, null);
    this.resolver = resolver;
    this.maxDepth = maxDepth;
    setReferences(false);
  }

  void beginEncode(int limit, RefResolver callRefs) {
    out.begin(limit);
    use(callRefs);
    spareSlots = 0;
    resolver.beginEncode();
  }

  void beginDecode(MessageBody body, KryoPeerClasses peers, RefResolver callRefs) {
    use(callRefs);
    spareSlots = 0;
    resolver.beginDecode(peers);
    in.begin(body);
  }

  private void use(RefResolver callRefs) {
    if (refs != callRefs) {
      refs = callRefs; // once: they are the env's
    }
  }

  /** Lets go of the message. */
  void end() {
    in.detach();
    resolver.end();
  }

  WireOutput out() {
    return out;
  }

  WireInput in() {
    return in;
  }

  RefResolver refs() {
    return refs;
  }

  WireClassResolver resolver() {
    return resolver;
  }

  /** Writes a value of any class, null too. */
  void write(@Nullable Object value) {
    if (value != null && getDepth() >= maxDepth) {
      throw tooDeep(value.getClass());
    }
    writeClassAndObject(out, value);
  }

  /** Reads a value of any class. */
  @SuppressWarnings("TypeParameterUnusedInFormals")
  @Nullable Object read() {
    if (getDepth() > maxDepth) { // null may follow the deepest value
      throw tooDeep(Object.class);
    }
    return readClassAndObject(in);
  }

  /** Counts memory that is taken on a message's word alone. */
  int spareSlots(int slots) {
    spareSlots += Math.max(slots, 0);
    if (slots < 0 || spareSlots > MAX_SPARE_SLOTS || spareSlots < 0) {
      throw WireFailure.of(
          "java.util.concurrent.ArrayBlockingQueue",
          "queues of a fixed capacity above " + MAX_SPARE_SLOTS + " in one message");
    }
    return slots;
  }

  private WireFailure tooDeep(Class<?> type) {
    return WireFailure.of(
        type.getName(),
        "nested deeper than rpc.serializer.maxDepth=" + maxDepth + " (a cycle always is)");
  }
}
