// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

/**
 * A class as the wire names it. Ids belong to the env that sends: it numbers a class when it first
 * encodes it and never renumbers.
 *
 * @param id from {@link #FIRST_ID} up for a class of the user, to be announced; below are ids that
 *     both sides know: 1 to {@link #LAST_SYSTEM_ID} the library's own system messages, the rest the
 *     serializer's fixed values, null among them; {@link #INLINE} for a class beyond the table,
 *     whose name and shape go along each time
 * @param name the class name as {@link Class#getName()} gives it
 * @param shape a hash of what the class looks like to the serializer; two sides that differ in it
 *     never exchange that class unread
 */
public record MessageClass(int id, String name, long shape) {

  /** The id of a class that has none: beyond {@link #MAX_CLASSES}. */
  public static final int INLINE = 0;

  /** The highest id of the library's own system messages. */
  public static final int LAST_SYSTEM_ID = 15;

  /** The lowest id that an env gives to a class; lower ones need no announcement. */
  public static final int FIRST_ID = 256;

  /** How many classes an env numbers; ids are below {@code FIRST_ID + MAX_CLASSES}. */
  public static final int MAX_CLASSES = 4096;
}
