// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a request's body. Whatever is wrong with one is a {@link HttpError}. */
final class Fields {

  private static final int MAX_TEXT = 4096;
  private static final int MAX_LIST = 1000;

  private final ObjectNode object;

  /** Takes the fields of an object that has no others than {@code names}. */
  Fields(ObjectNode object, Set<String> names) throws HttpError {
    this.object = object;
    for (String name : object.propertyNames()) {
      if (!names.contains(name)) {
        String known =
            names.isEmpty() ? "no fields" : "one of " + String.join(", ", new TreeSet<>(names));
        throw HttpError.value("field", name, known);
      }
    }
  }

  Optional<String> text(String name) throws HttpError {
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(text(name, node));
  }

  String requiredText(String name) throws HttpError {
    Optional<String> text = text(name);
    if (text.isEmpty() || text.get().isBlank()) {
      throw HttpError.value(name, "nothing", "a text");
    }
    return text.get();
  }

  List<String> texts(String name) throws HttpError {
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      return List.of();
    }
    if (!node.isArray() || node.size() > MAX_LIST) {
      throw HttpError.value(
          name, node.toString(), "a list of texts, at most " + MAX_LIST + " of them");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      texts.add(text(name, element));
    }
    return texts;
  }

  long wholeNumber(String name, long min, long max, long defaultValue) throws HttpError {
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      return defaultValue;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw HttpError.value(name, node.toString(), "a whole number from " + min + " to " + max);
    }
    return node.longValue();
  }

  boolean flag(String name) throws HttpError {
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw HttpError.value(name, node.toString(), "true or false");
    }
    return node.booleanValue();
  }

  private static String text(String name, JsonNode node) throws HttpError {
    if (!node.isString() || node.stringValue().length() > MAX_TEXT) {
      throw HttpError.value(name, node.toString(), "a text of at most " + MAX_TEXT + " characters");
    }
    return node.stringValue();
  }
}
