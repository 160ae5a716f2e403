// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The small message: a number, 23 characters and 64 bytes. Neighbours differ in all three, so that
 * one that got parts of another is found out.
 *
 * @param id counts up within a run
 * @param text one of a few, by the number
 * @param data one of a few, by the number; never written to
 */
public record Sample(long id, String text, byte[] data) implements Serializable {

  private static final int KINDS = 16;
  private static final Sample[] KIND = new Sample[KINDS];

  static {
    byte[] bytes = bytes(64 * KINDS);
    for (int i = 0; i < KINDS; i++) {
      byte[] data = Arrays.copyOfRange(bytes, 64 * i, 64 * i + 64);
      KIND[i] = new Sample(i, "orders/eu-west-1/0000%02d".formatted(i), data);
    }
  }

  /** Returns the sample of this number. */
  public static Sample of(long id) {
    Sample kind = KIND[(int) id & (KINDS - 1)];
    return new Sample(id, kind.text, kind.data);
  }

  /** Tells whether this is what {@link #of} made, all of it. */
  public boolean is(long expected) {
    Sample kind = KIND[(int) expected & (KINDS - 1)];
    return id == expected && kind.text.equals(text) && Arrays.equals(kind.data, data);
  }

  /** Returns bytes that are the same in every run and compress badly. */
  public static byte[] bytes(int length) {
    return bytes(length, 42);
  }

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "Sample[" + id + ", " + text + ", " + (data == null ? "null" : data.length) + "]";
  }
}
