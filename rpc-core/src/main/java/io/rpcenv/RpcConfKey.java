// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A configuration key with its type, default, range and meaning. All of them are constants of
 * {@link RpcConfKeys}.
 *
 * @param <T> type of the value: {@code Long} for sizes in bytes, {@code Integer} for counts, {@code
 *     Duration} for times, {@code String} or {@code List} of strings else
 */
public final class RpcConfKey<T> {

  private final String name;
  private final ConfType<T> type;
  private final Supplier<T> defaultValue;
  private final String defaultText;
  private final String meaning;
  private final String atLimit;
  private final @Nullable String alias;
  private final @Nullable String fallback;

  RpcConfKey(Spec<T> spec) {
    this.name = spec.name;
    this.type = spec.type;
    this.defaultValue = spec.defaultValue;
    this.defaultText = spec.defaultText;
    this.meaning = spec.meaning;
    this.atLimit = spec.atLimit;
    this.alias = spec.alias;
    this.fallback = spec.fallback;
  }

  /** Collects what makes a key; used by the table alone. */
  static final class Spec<T> {
    private final String name;
    private final ConfType<T> type;
    private final Supplier<T> defaultValue;
    private final String defaultText;
    private String meaning = "";
    private String atLimit = "";
    private @Nullable String alias;
    private @Nullable String fallback;

    private Spec(String name, ConfType<T> type, Supplier<T> defaultValue, String defaultText) {
      this.name = Objects.requireNonNull(name, "name");
      this.type = type;
      this.defaultValue = defaultValue;
      this.defaultText = defaultText;
    }

    /** Says what the key is for. */
    Spec<T> meaning(String text) {
      this.meaning = text;
      return this;
    }

    /** Says what happens when the limit is reached, or what zero means. */
    Spec<T> atLimit(String text) {
      this.atLimit = text;
      return this;
    }

    /** Names the Spark key that is accepted, too. */
    Spec<T> alias(String key) {
      this.alias = key;
      return this;
    }

    /** Names the key whose value is used if this one is set nowhere. */
    Spec<T> fallback(String key) {
      this.fallback = key;
      return this;
    }

    /** Makes the key. */
    RpcConfKey<T> key() {
      return new RpcConfKey<>(this);
    }
  }

  /** Begins a key whose default is a constant, written as in a file. */
  static <T> Spec<T> spec(String name, ConfType<T> type, String defaultText) {
    T value = type.parse(defaultText);
    return new Spec<>(name, type, () -> value, defaultText);
  }

  /** Begins a key whose default depends on the machine. */
  static <T> Spec<T> spec(
      String name, ConfType<T> type, Supplier<T> defaultValue, String defaultText) {
    return new Spec<>(name, type, defaultValue, defaultText);
  }

  /**
   * Returns the name, such as {@code rpc.askTimeout}.
   *
   * @return the key as written in a configuration
   */
  public String name() {
    return name;
  }

  /**
   * Returns the class of the values.
   *
   * @return class of T
   */
  public Class<?> valueClass() {
    return type.valueClass();
  }

  /**
   * Returns the built-in default; for some keys it depends on the number of processors.
   *
   * @return the value when nothing sets the key
   */
  public T defaultValue() {
    return defaultValue.get();
  }

  /**
   * Returns the default as the documentation writes it.
   *
   * @return text such as {@code 120s} or {@code max(2, cores)}
   */
  public String defaultText() {
    return defaultText;
  }

  /**
   * Returns what a value must look like and its range.
   *
   * @return text such as {@code a duration above 0}
   */
  public String expected() {
    return type.expected();
  }

  /**
   * Returns what a number without a unit means.
   *
   * @return {@code MiB}, {@code seconds}, or empty for keys without a unit
   */
  public String unit() {
    return type.unit();
  }

  /**
   * Returns what the key is for.
   *
   * @return one phrase
   */
  public String meaning() {
    return meaning;
  }

  /**
   * Returns what happens when the limit is reached, or what zero means.
   *
   * @return one phrase, empty where there is nothing to say
   */
  public String atLimit() {
    return atLimit;
  }

  /**
   * Returns the Spark key that is accepted, too; in one source the key itself wins.
   *
   * @return the other name, if there is one
   */
  public Optional<String> alias() {
    return Optional.ofNullable(alias);
  }

  /**
   * Returns the key whose value is used when this one is set nowhere.
   *
   * @return the other key, if there is one
   */
  public Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** Returns how values are read and written. */
  ConfType<T> type() {
    return type;
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
