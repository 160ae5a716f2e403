// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

/** Writes a constant's ordinal; the shape says that both sides have the same constants. */
@SuppressWarnings("EnumOrdinal") // the shape guards it
final class EnumCodec extends Codec<Object> {

  private final Class<?> type;

  EnumCodec(Class<?> type) {
    this.type = type;
  }

  @Override
  void write(WireKryo kryo, Object value) {
    kryo.out().writeLength(((Enum<?>) value).ordinal());
  }

  @Override
  Object read(WireKryo kryo) {
    int ordinal = kryo.in().readVarInt(true);
    Object[] constants = Constants.OF.get(type);
    if (ordinal < 0 || ordinal >= constants.length) {
      throw WireFailure.of(type, "has no constant number " + ordinal);
    }
    return constants[ordinal];
  }

  /** Keeps the array that {@code getEnumConstants} copies each time; holds no class loader. */
  private static final class Constants extends ClassValue<Object[]> {

    static final Constants OF = new Constants();

    @Override
    protected Object[] computeValue(Class<?> type) {
      return type.getEnumConstants();
    }
  }
}
