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

  private RpcConf() {}

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
    throw new UnsupportedOperationException(key.name());
  }

  /**
   * Returns the text of any key that is set, known or not.
   *
   * @param key name of the key
   * @return the text as it was set; empty if it is set nowhere, even where there is a default
   */
  public Optional<String> getString(String key) {
    throw new UnsupportedOperationException(key);
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
   * @return source and detail
   */
  public RpcConfOrigin origin(RpcConfKey<?> key) {
    throw new UnsupportedOperationException(key.name());
  }

  /**
   * Lists the effective values of all known keys with their origins, for a start-up log. Keys of
   * the user's own are left out, because their values may be secret.
   *
   * @return one entry per key, in the order of the documentation
   */
  public List<RpcConfEntry> effective() {
    throw new UnsupportedOperationException();
  }

  /** Collects sources. The order of the calls does not matter, except within one source. */
  public static final class Builder {

    private Builder() {}

    /**
     * Reads a properties file (UTF-8) when building. Of several files later ones win.
     *
     * @param path file to read
     * @return this
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public Builder file(Path path) {
      throw new UnsupportedOperationException(path.toString());
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
     * Takes these as environment variables; those that do not begin with {@code RPCENV_RPC_} or
     * {@code RPCENV_SPARK_} are ignored.
     *
     * @param variables names and values
     * @return this
     */
    public Builder environment(Map<String, String> variables) {
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
     * Takes these as system properties; those that do not begin with {@code rpc.} or {@code spark.}
     * are ignored.
     *
     * @param properties names and values
     * @return this
     */
    public Builder systemProperties(Properties properties) {
      return this;
    }

    /**
     * Takes the entries of a map. Of several maps later ones win.
     *
     * @param settings keys and values
     * @return this
     * @throws IllegalArgumentException if a key begins with {@code rpc.} and is unknown
     */
    public Builder map(Map<String, String> settings) {
      throw new UnsupportedOperationException(settings.toString());
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
      throw new UnsupportedOperationException(key + value);
    }

    /**
     * Sets one typed key.
     *
     * @param key a constant of {@link RpcConfKeys}
     * @param value its value
     * @param <T> type of the value
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public <T> Builder set(RpcConfKey<T> key, T value) {
      throw new UnsupportedOperationException(key + " " + value);
    }

    /**
     * Puts the sources together and checks every value.
     *
     * @return the configuration
     * @throws IllegalArgumentException if a value is not valid, naming key, value, what is expected
     *     and the origin
     */
    public RpcConf build() {
      return new RpcConf();
    }
  }
}
