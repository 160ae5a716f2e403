// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/**
 * How values of one kind of key are read, checked and written.
 *
 * @param <T> type of the value
 */
interface ConfType<T> {

  /** Returns the class of the values. */
  Class<?> valueClass();

  /** Returns what a value must look like, for error texts and for the table. */
  String expected();

  /** Returns what a number without a unit means, for the table; empty where there is none. */
  String unit();

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the text is no value of this type or out of range
   */
  T parse(String text);

  /** Writes a value as text that {@link #parse} reads back. */
  String format(T value);
}
