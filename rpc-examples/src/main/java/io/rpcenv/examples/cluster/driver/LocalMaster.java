// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Options;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --master local[2]}: no master at all. */
final class LocalMaster {

  private static final Pattern LOCAL = Pattern.compile("local\\[([0-9]{1,4}|\\*)]");

  private LocalMaster() {}

  /** Returns how many tasks to run at a time in this process; empty if there is a master. */
  static OptionalInt cores(Options options) throws CommandException {
    String master = options.text("--master").orElse("");
    if (!master.startsWith("local[")) {
      return OptionalInt.empty();
    }
    Matcher matcher = LOCAL.matcher(master);
    if (!matcher.matches() || matcher.group(1).matches("0+")) {
      throw CommandException.usage(
          "--master", master, "local[N] with N from 1 to 9999, or local[*]");
    }
    return OptionalInt.of(
        matcher.group(1).equals("*")
            ? Runtime.getRuntime().availableProcessors()
            : Integer.parseInt(matcher.group(1)));
  }
}
