// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** An entry of the master's store: named values as text that people can read, too. */
final class Fields {

  private final Properties properties = new Properties();

  static Fields parse(byte[] bytes) {
    Fields fields = new Fields();
    try {
      fields.properties.load(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from an array
    }
    return fields;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not to an array
    }
    return out.toByteArray();
  }

  Fields put(String name, Object value) {
    properties.setProperty(name, value.toString());
    return this;
  }

  Fields put(String name, Optional<String> value) {
    value.ifPresent(text -> put(name, text));
    return this;
  }

  Fields put(String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      put(name + "." + i, values.get(i));
    }
    return this;
  }

  /**
   * Returns a value.
   *
   * @throws IllegalArgumentException if it is missing
   */
  String text(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalArgumentException(name + ": nothing (expected: a value)"));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(properties.getProperty(name));
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  long bigNumber(String name) {
    return Long.parseLong(text(name));
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  List<String> list(String name) {
    List<String> values = new ArrayList<>();
    for (Optional<String> value = optional(name + ".0");
        value.isPresent();
        value = optional(name + "." + values.size())) {
      values.add(value.get());
    }
    return values;
  }
}
