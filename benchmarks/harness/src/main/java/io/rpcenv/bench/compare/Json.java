// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.compare;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts and numbers as JSON. */
public final class Json {

  private Json() {}

  /** Returns the JSON text, a map of simple values on one line. */
  public static String of(Object value) {
    return of(value, "");
  }

  private static String of(Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      return object(map, indent);
    }
    if (value instanceof List<?> list) {
      return list(list, indent);
    }
    if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite() ? "null" : number(number);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return quote(String.valueOf(value));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.format(java.util.Locale.ROOT, "%.4f", value);
  }

  private static String object(Map<?, ?> map, String indent) {
    boolean flat = map.values().stream().noneMatch(Json::isNested);
    String inner = flat ? "" : "\n" + indent + "  ";
    String members =
        map.entrySet().stream()
            .map(e -> quote(String.valueOf(e.getKey())) + ": " + of(e.getValue(), indent + "  "))
            .collect(Collectors.joining("," + (flat ? " " : inner)));
    return flat ? "{" + members + "}" : "{" + inner + members + "\n" + indent + "}";
  }

  private static String list(List<?> list, String indent) {
    boolean flat = list.stream().noneMatch(Json::isNested);
    String inner = flat ? "" : "\n" + indent + "  ";
    String members =
        list.stream()
            .map(e -> of(e, indent + "  "))
            .collect(Collectors.joining("," + (flat ? " " : inner)));
    return flat ? "[" + members + "]" : "[" + inner + members + "\n" + indent + "]";
  }

  private static boolean isNested(Object value) {
    return value instanceof Map || value instanceof List<?> list && !list.isEmpty() && isDeep(list);
  }

  private static boolean isDeep(List<?> list) {
    return list.stream().anyMatch(e -> e instanceof Map || e instanceof List);
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
