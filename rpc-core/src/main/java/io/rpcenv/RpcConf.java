// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of an environment: an immutable set of typed keys, each with its origin.
 *
 * <p>Sources, later ones win: defaults, file, environment variables, system properties, map, single
 * values on the builder. {@link #load()} reads what the process gives; {@link #builder()} begins
 * with nothing but the defaults and reads exactly what it is told to.
 *
 * <p>Keys that begin with {@code rpc.} are those of {@link RpcConfKeys}; an unknown one is an error
 * that names the nearest known one, but only a warning in environment variables and system
 * properties, which many programs share. Keys of Spark that have a meaning here are accepted, too
 * ({@code spark.rpc.askTimeout}); in one source {@code rpc.x} wins over {@code spark.rpc.x}. Any
 * other key is kept as text for {@link #getString}.
 *
 * <p>An environment variable is {@code RPCENV_} and the key with underscores for dots, in any case:
 * {@code RPCENV_RPC_ASKTIMEOUT} sets {@code rpc.askTimeout}.
 */
public final class RpcConf {

  /** What is set, by the key's own name. */
  private final Map<String, ConfSetting> settings;

  private RpcConf(Map<String, ConfSetting> settings) {
    this.settings = Map.copyOf(settings);
  }

  /**
   * Returns the defaults, whatever the process's environment says.
   *
   * @return a configuration in which nothing is set
   */
  public static RpcConf defaults() {
    return builder().build();
  }

  /**
   * Reads environment variables and system properties of this process.
   *
   * @return what they set
   * @throws IllegalArgumentException if a value is not valid, naming key, value and origin
   */
  public static RpcConf load() {
    return builder().environment().systemProperties().build();
  }

  /**
   * Begins a configuration from the defaults.
   *
   * @return a builder, for one thread
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the value of a key: as set, else of its fall-back key if that is set, else its default.
   *
   * @param key a constant of {@link RpcConfKeys}
   * @param <T> type of the value
   * @return the effective value
   */
  public <T> T get(RpcConfKey<T> key) {
    return setting(key).map(s -> s.read(key.type())).orElseGet(key::defaultValue);
  }

  /**
   * Returns the text of any key that is set, known or not. A Spark name of a known key gives the
   * same as the key's own name. Fall-back keys and defaults do not count as set.
   *
   * @param key name of the key
   * @return the text as it was set, or empty if it is set nowhere
   */
  public Optional<String> getString(String key) {
    return setting(key).map(ConfSetting::value);
  }

  /**
   * Tells whether a source sets the key, its Spark name or its fall-back key.
   *
   * @param key a constant of {@link RpcConfKeys}
   * @return false if {@link #get} returns the default
   */
  public boolean isSet(RpcConfKey<?> key) {
    return origin(key).source() != RpcConfSource.DEFAULT;
  }

  /**
   * Returns where the effective value of a key comes from.
   *
   * @param key a constant of {@link RpcConfKeys}
   * @return source, place, and the key that is set there
   */
  public RpcConfOrigin origin(RpcConfKey<?> key) {
    return setting(key)
        .map(ConfSetting::origin)
        .orElseGet(() -> new RpcConfOrigin(RpcConfSource.DEFAULT, key.name(), "default"));
  }

  /**
   * Lists the effective values of all known keys with their origins, for a start-up log. Keys of
   * the user's own are left out, because their values may be secret.
   *
   * @return one entry per key, in the order of the documentation
   */
  public List<RpcConfEntry> effective() {
    return RpcConfKeys.all().stream().<RpcConfEntry>map(this::entry).toList();
  }

  private <T> RpcConfEntry entry(RpcConfKey<T> key) {
    return new RpcConfEntry(key.name(), key.type().format(get(key)), origin(key));
  }

  static <K> K requireKey(@Nullable K key) {
    return Arguments.require("key", key, "a configuration key");
  }

  /** Returns what is set under this name, or under the name that it is an alias of. */
  Optional<ConfSetting> setting(String key) {
    return Optional.ofNullable(settings.get(ConfNames.canonical(requireKey(key))));
  }

  /** Returns what is set for this key or, if it is not, for its fall-back key. */
  Optional<ConfSetting> setting(RpcConfKey<?> key) {
    requireKey(key);
    return setting(key.name()).or(() -> key.fallback().flatMap(this::setting));
  }

  /**
   * Collects sources. The order of the calls matters only within one kind of source, where later
   * ones win. For one thread.
   */
  public static final class Builder {

    private final ConfSources sources = new ConfSources();

    private Builder() {}

    /**
     * Reads a properties file in UTF-8, now.
     *
     * @param path file to read
     * @return this
     * @throws java.io.UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if it is no properties file, or if a key in it begins with
     *     {@code rpc.} and is unknown
     */
    public Builder file(Path path) {
      sources.addFile(Arguments.require("path", path, "a properties file"));
      return this;
    }

    /**
     * Takes the environment variables of this process.
     *
     * @return this
     */
    public Builder environment() {
      return environment(System.getenv());
    }

    /**
     * Takes these as environment variables. Those that stand for no known key are ignored, with a
     * warning if they begin with {@code RPCENV_RPC_}.
     *
     * @param variables names and values
     * @return this
     */
    public Builder environment(Map<String, String> variables) {
      sources.addEnvironment(Arguments.require("variables", variables, "names and values"));
      return this;
    }

    /**
     * Takes the system properties of this JVM.
     *
     * @return this
     */
    public Builder systemProperties() {
      return systemProperties(System.getProperties());
    }

    /**
     * Takes these as system properties. Those that do not begin with {@code rpc.} or {@code spark.}
     * are ignored, and with a warning those that begin with {@code rpc.} and are unknown.
     *
     * @param properties names and values
     * @return this
     */
    public Builder systemProperties(Properties properties) {
      sources.addSystemProperties(Arguments.require("properties", properties, "names and values"));
      return this;
    }

    /**
     * Takes the entries of a map.
     *
     * @param settings keys and values
     * @return this
     * @throws IllegalArgumentException if a key begins with {@code rpc.} and is unknown
     */
    public Builder map(Map<String, String> settings) {
      sources.addMap(Arguments.require("settings", settings, "keys and values"));
      return this;
    }

    /**
     * Sets one key.
     *
     * @param key name of the key
     * @param value its value as text
     * @return this
     * @throws IllegalArgumentException if the key begins with {@code rpc.} and is unknown
     */
    public Builder set(String key, String value) {
      sources.set(requireKey(key), Arguments.require("value", value, "its value as text"));
      return this;
    }

    /**
     * Sets one typed key; {@link #build()} checks the value.
     *
     * @param key a constant of {@link RpcConfKeys}
     * @param value its value
     * @param <T> type of the value
     * @return this
     */
    public <T> Builder set(RpcConfKey<T> key, T value) {
      requireKey(key);
      Arguments.require("value", value, key.expected());
      return set(key.name(), key.type().format(value));
    }

    /**
     * Puts the sources together and checks every value.
     *
     * @return the configuration
     * @throws IllegalArgumentException if a value is not valid, naming key, value, what is expected
     *     and the place
     */
    public RpcConf build() {
      RpcConf conf = new RpcConf(sources.merge());
      RpcConfKeys.all().forEach(conf::get);
      return conf;
    }
  }
}
