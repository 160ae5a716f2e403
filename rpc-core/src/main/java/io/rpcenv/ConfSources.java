// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources given to a builder, checked for unknown keys as they come. For one thread. */
final class ConfSources {

  private static final Logger LOG = LoggerFactory.getLogger(RpcConf.class);

  private final Map<RpcConfSource, List<List<ConfSetting>>> given =
      new EnumMap<>(RpcConfSource.class);
  private final Map<String, String> single = new LinkedHashMap<>();

  void addFile(Path path) {
    String place = "file " + path;
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read configuration " + place, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "path: " + path + " (expected: a properties file), " + e.getMessage(), e);
    }
    addStrict(RpcConfSource.FILE, place, texts(properties));
  }

  void addMap(Map<String, String> settings) {
    addStrict(RpcConfSource.MAP, "map", settings);
  }

  void set(String key, String value) {
    requireKnown(key, "builder");
    single.put(key, value);
  }

  void addSystemProperties(Properties properties) {
    List<ConfSetting> found = new ArrayList<>();
    texts(properties)
        .forEach(
            (key, value) -> {
              if (ConfNames.isUnknown(key)) {
                warn("system property", key, ConfNames.nearest(key));
              } else if (key.startsWith("rpc.") || key.startsWith("spark.")) {
                found.add(setting(RpcConfSource.SYSTEM_PROPERTY, "system property", key, value));
              }
            });
    add(RpcConfSource.SYSTEM_PROPERTY, found);
  }

  void addEnvironment(Map<String, String> variables) {
    List<ConfSetting> found = new ArrayList<>();
    new TreeMap<>(variables)
        .forEach(
            (variable, value) -> {
              String place = "environment variable " + variable;
              ConfNames.ofVariable(variable)
                  .ifPresentOrElse(
                      key -> found.add(setting(RpcConfSource.ENVIRONMENT, place, key, value)),
                      () -> warnUnknownVariable(variable));
            });
    add(RpcConfSource.ENVIRONMENT, found);
  }

  /** Puts all sources together, by the name that each value is under. */
  Map<String, ConfSetting> merge() {
    Map<String, ConfSetting> result = new TreeMap<>();
    given.values().forEach(sources -> sources.forEach(source -> overlay(result, source)));
    overlay(result, settings(RpcConfSource.BUILDER, "builder", single));
    return result;
  }

  /** Lays one source over the earlier ones; within it a key's own name comes after its alias. */
  private static void overlay(Map<String, ConfSetting> result, List<ConfSetting> source) {
    source.stream()
        .sorted(Comparator.comparing(s -> !ConfNames.isAlias(s.origin().key())))
        .forEach(s -> result.put(ConfNames.canonical(s.origin().key()), s));
  }

  private void addStrict(RpcConfSource source, String place, Map<String, String> entries) {
    entries.forEach(
        (key, value) -> {
          requireKnown(RpcConf.requireKey(key), place);
          Arguments.require(key, value, "its value as text, in " + place);
        });
    add(source, settings(source, place, entries));
  }

  private void add(RpcConfSource source, List<ConfSetting> settings) {
    given.computeIfAbsent(source, s -> new ArrayList<>()).add(settings);
  }

  private static List<ConfSetting> settings(
      RpcConfSource source, String place, Map<String, String> entries) {
    List<ConfSetting> result = new ArrayList<>();
    entries.forEach((key, value) -> result.add(setting(source, place, key, value)));
    return result;
  }

  private static ConfSetting setting(RpcConfSource source, String place, String key, String value) {
    Objects.requireNonNull(value, () -> "value of " + key);
    return new ConfSetting(value, new RpcConfOrigin(source, key, place));
  }

  private static void requireKnown(String key, String place) {
    Objects.requireNonNull(key, "key");
    if (ConfNames.isUnknown(key)) {
      throw new IllegalArgumentException(
          "key: %s (expected: a known rpc.* key; nearest: %s), from %s"
              .formatted(key, ConfNames.nearest(key), place));
    }
  }

  private static void warnUnknownVariable(String variable) {
    if (ConfNames.isOurVariable(variable)) {
      String key = variable.substring(variable.indexOf('_') + 1).replace('_', '.');
      warn("environment variable", variable, ConfNames.variable(ConfNames.nearest(key)));
    }
  }

  private static void warn(String kind, String name, String nearest) {
    LOG.warn("Ignored {} [{}]: no such configuration key (nearest: [{}])", kind, name, nearest);
  }

  private static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      texts.put(name, properties.getProperty(name));
    }
    return texts;
  }
}
