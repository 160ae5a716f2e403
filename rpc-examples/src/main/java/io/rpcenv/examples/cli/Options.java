// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cli;

import io.rpcenv.RpcAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of a program: {@code --name value} or {@code --name=value}, {@code --flag}, and the
 * rest; after {@code --} all is rest. Immutable.
 */
public final class Options {

  private static final int MEBIBYTES_PER_GIBIBYTE = 1024;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(m|g)");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|)");

  private final Map<String, String> values;
  private final List<String> rest;

  private Options(Map<String, String> values, List<String> rest) {
    this.values = Map.copyOf(values);
    this.rest = List.copyOf(rest);
  }

  /**
   * Reads arguments.
   *
   * @param args the arguments
   * @param names options that have a value, with their dashes
   * @param flags options that have none
   * @throws CommandException if an option is unknown, given twice or lacks its value
   */
  public static Options parse(List<String> args, Set<String> names, Set<String> flags)
      throws CommandException {
    Map<String, String> values = new HashMap<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--")) {
        rest.addAll(args.subList(i + 1, args.size()));
        break;
      }
      int equals = arg.indexOf('=');
      String name = equals > 0 ? arg.substring(0, equals) : arg;
      if (!arg.startsWith("--")) {
        rest.add(arg);
      } else if (flags.contains(arg)) {
        put(values, arg, "");
      } else if (!names.contains(name)) {
        throw unknown(name, names, flags);
      } else if (equals > 0) {
        put(values, name, arg.substring(equals + 1));
      } else if (++i < args.size()) {
        put(values, name, args.get(i));
      } else {
        throw CommandException.usage(name, "nothing", "a value");
      }
    }
    return new Options(values, rest);
  }

  private static void put(Map<String, String> values, String name, String value)
      throws CommandException {
    if (values.put(name, value) != null) {
      throw CommandException.usage(name, "given twice", "once");
    }
  }

  private static CommandException unknown(String name, Set<String> names, Set<String> flags) {
    Set<String> all = new TreeSet<>(names);
    all.addAll(flags);
    return new CommandException(
        ExitCode.USAGE, name + " (expected: one of " + String.join(", ", all) + ")");
  }

  /**
   * Returns this, for a program that takes nothing but options.
   *
   * @throws CommandException if there is anything else
   */
  public Options withoutRest() throws CommandException {
    if (!rest.isEmpty()) {
      throw CommandException.usage("argument", rest.get(0), "options only, see --help");
    }
    return this;
  }

  /** Returns what is no option, in order. */
  public List<String> rest() {
    return rest;
  }

  /** Returns whether a flag or option is given. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns an option's text, if it is given. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns an option's whole number, or a default. */
  public long wholeNumber(String name, long defaultValue) throws CommandException {
    String text = values.get(name);
    if (text == null) {
      return defaultValue;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      String expected =
          text.matches("[+-]?\\d+")
              ? "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE
              : "a whole number";
      throw CommandException.usage(name, text, expected);
    }
  }

  /** Returns an option's whole number from a range, or a default. */
  public int wholeNumber(String name, int min, int max, int defaultValue) throws CommandException {
    long number = wholeNumber(name, defaultValue);
    if (number < min || number > max) {
      throw CommandException.usage(
          name, Long.toString(number), "a whole number from " + min + " to " + max);
    }
    return (int) number;
  }

  /** Returns an option's duration, such as {@code 500ms}, {@code 10s} or {@code 1m}. */
  public Duration duration(String name, Duration defaultValue) throws CommandException {
    String text = values.get(name);
    if (text == null) {
      return defaultValue;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw CommandException.usage(name, text, "a time above zero, such as 500ms, 10s or 1m");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /** Returns an option's size in MiB, such as {@code 512m} or {@code 2g}, or a default. */
  public int mebibytes(String name, int min, int defaultValue) throws CommandException {
    String text = values.get(name);
    if (text == null) {
      return defaultValue;
    }
    Matcher matcher = SIZE.matcher(text);
    long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    long size = text.endsWith("g") ? number * MEBIBYTES_PER_GIBIBYTE : number;
    if (size < min || size > Integer.MAX_VALUE) {
      throw CommandException.usage(name, text, "a size from " + min + "m, such as 512m or 2g");
    }
    return (int) size;
  }

  /** Returns an option's addresses, separated by commas, or a default. */
  public List<RpcAddress> addresses(String name, RpcAddress defaultValue) throws CommandException {
    List<RpcAddress> addresses = new ArrayList<>();
    for (String part : text(name).orElse(defaultValue.hostPort()).split(",", -1)) {
      try {
        addresses.add(RpcAddress.parse(part.strip()));
      } catch (IllegalArgumentException e) {
        throw CommandException.usage(name, part, "host:port, such as 127.0.0.1:7077");
      }
    }
    return addresses;
  }

  /** Returns an option's address, or a default. */
  public RpcAddress address(String name, RpcAddress defaultValue) throws CommandException {
    String text = values.get(name);
    if (text == null) {
      return defaultValue;
    }
    try {
      return RpcAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(name, text, "host:port, such as 127.0.0.1:7077");
    }
  }
}
