// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a class looks like to its codec: kind, fields with their declared types in the order they
 * are written, superclasses, constants. Two sides that differ in it never read each other's bytes.
 *
 * @param text for people
 * @param hash for the wire
 */
record Shape(String text, long hash) {

  /** The shape of what has none: fixed values, arrays. */
  static final Shape NONE = new Shape("", 0);

  static Shape of(Class<?> type) {
    if (type.isArray()) {
      return NONE;
    }
    if (type.isRecord()) {
      return of(type, "fields", "record", components(type));
    }
    return type.isEnum()
        ? of(type, "constants", "enum", constants(type))
        : of(type, "fields", "class", fields(type));
  }

  private static Shape of(Class<?> type, String noun, String kind, String content) {
    String whole = kind + ' ' + type.getName() + ' ' + content;
    return new Shape(noun + " here: " + (content.isEmpty() ? "none" : content), hash(whole));
  }

  /** Returns the fields that a codec of an ordinary class writes: superclasses first, by name. */
  static List<Field> writtenFields(Class<?> owner) {
    return Arrays.stream(owner.getDeclaredFields())
        .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
        .sorted(Comparator.comparing(Field::getName))
        .toList();
  }

  private static String components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map((RecordComponent c) -> c.getName() + ":" + c.getType().getTypeName())
        .collect(Collectors.joining(", "));
  }

  private static String constants(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(Field::isEnumConstant)
        .map(Field::getName)
        .collect(Collectors.joining(", "));
  }

  private static String fields(Class<?> type) {
    StringBuilder text = new StringBuilder();
    for (Class<?> owner = type; !Platform.isPlatform(owner); owner = owner.getSuperclass()) {
      text.append(owner == type ? "" : "; of " + owner.getName() + ": ");
      text.append(
          writtenFields(owner).stream()
              .map(field -> field.getName() + ":" + field.getType().getTypeName())
              .collect(Collectors.joining(", ")));
    }
    return text.toString();
  }

  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      long hash = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        hash = (hash << 8) | (digest[i] & 0xff);
      }
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
