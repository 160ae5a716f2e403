// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of the known keys: which name stands for which key, and which is meant by a typo. */
final class ConfNames {

  private static final String OURS = "rpc.";
  private static final String VARIABLE_PREFIX = "RPCENV_";

  /**
   * Each known name, aliases and fall-back keys included, with the name that the value is under.
   */
  private static final Map<String, String> CANONICAL = canonicalNames();

  private static final Map<String, String> VARIABLES = variables();

  private ConfNames() {}

  private static Map<String, String> canonicalNames() {
    Map<String, String> names = new LinkedHashMap<>();
    for (RpcConfKey<?> key : RpcConfKeys.all()) {
      names.put(key.name(), key.name());
      key.alias().ifPresent(alias -> names.put(alias, key.name()));
      key.fallback().ifPresent(other -> names.put(other, other));
    }
    return Map.copyOf(names);
  }

  private static Map<String, String> variables() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : CANONICAL.keySet()) {
      names.put(variable(name), name);
    }
    return Map.copyOf(names);
  }

  /** Returns the environment variable that sets a key. */
  static String variable(String key) {
    return VARIABLE_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Returns the known name that an environment variable sets, in whatever case it is written. */
  static Optional<String> ofVariable(String variable) {
    return Optional.ofNullable(VARIABLES.get(variable.toUpperCase(Locale.ROOT)));
  }

  /** Tells whether a variable claims to be one of our keys. */
  static boolean isOurVariable(String variable) {
    return variable.toUpperCase(Locale.ROOT).startsWith(VARIABLE_PREFIX + "RPC_");
  }

  /** Returns the name that the value of this key is under: itself, unless it is an alias. */
  static String canonical(String key) {
    return CANONICAL.getOrDefault(key, key);
  }

  /** Tells whether this is another name of a known key. */
  static boolean isAlias(String key) {
    return !canonical(key).equals(key);
  }

  /** Tells whether a key claims to be ours and is not known. */
  static boolean isUnknown(String key) {
    boolean ours = key.strip().toLowerCase(Locale.ROOT).startsWith(OURS);
    return ours && !CANONICAL.containsKey(key);
  }

  /** Returns the known key by name or alias. */
  static Optional<RpcConfKey<?>> known(String key) {
    String name = canonical(key);
    return RpcConfKeys.all().stream()
        .<RpcConfKey<?>>map(k -> k)
        .filter(k -> k.name().equals(name))
        .findFirst();
  }

  /** Returns the known key that is the most like this one, whatever the case of letters. */
  static String nearest(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return RpcConfKeys.all().stream()
        .map(RpcConfKey::name)
        .min(
            Comparator.comparing((String n) -> !n.toLowerCase(Locale.ROOT).startsWith(lower))
                .thenComparingInt(n -> EditDistance.between(lower, n.toLowerCase(Locale.ROOT))))
        .orElseThrow();
  }
}
