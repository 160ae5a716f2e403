// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The small message: a number, 23 characters and 64 bytes.
 *
 * @param id counts up within a run
 * @param text always {@link #TEXT}
 * @param data always {@link #DATA}
 */
public record Sample(long id, String text, byte[] data) implements Serializable {

  /** What every sample's text must be. */
  public static final String TEXT = "orders/eu-west-1/000042";

  /** What every sample's data must be; never written to. */
  public static final byte[] DATA = bytes(64);

  /** Returns the sample of this number. */
  public static Sample of(long id) {
    return new Sample(id, TEXT, DATA);
  }

  /** Tells whether this is what {@link #of} made, all of it. */
  public boolean is(long expected) {
    return id == expected && TEXT.equals(text) && Arrays.equals(DATA, data);
  }

  /** Returns bytes that are the same in every run and compress badly. */
  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(42).nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "Sample[" + id + ", " + text + ", " + (data == null ? "null" : data.length) + "]";
  }
}
