// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Writes {@code docs/configuration.md} from the table of keys. */
final class ConfigurationDoc {

  private static final String HEAD =
      """
      # Configuration

      <!-- Made from RpcConfKeys; to write it anew:
      mvn -pl rpc-core test -Dtest=ConfigurationDocTest -Drpcenv.docs.write=true -->

      `RpcConf` is immutable and has typed keys. Later sources win: defaults, file, environment, system properties, map,
      builder.

      - `RpcConf.load()` reads environment variables and system properties; an `RpcEnv` without `conf(...)` does the same.
      - `RpcConf.defaults()` reads nothing.
      - `RpcConf.builder()` reads what it is told to: `file(path)` (properties, UTF-8), `environment()`,
        `systemProperties()`, `map(...)`, `set(key, value)`.

      An environment variable is `RPCENV_` and the key with underscores for dots, in any case: `RPCENV_RPC_ASKTIMEOUT` sets
      `rpc.askTimeout`.

      Sizes are whole numbers with unit `b`, `k`, `m`, `g` or `t` (binary; also `kb`, `mb`, `gb`, `tb`); without a unit they
      are MiB. Durations are whole numbers with unit `ns`, `us`, `ms`, `s`, `m` or `min`, `h`, `d`; without a unit they are
      seconds. A negative size or duration is always an error. Case of units does not matter.

      An unknown key that begins with `rpc.` is an error that names the nearest known one in a file, a map or the builder,
      and a warning in environment variables and system properties. Other keys are kept as text (`getString`); keys that
      begin with `spark.` and are not listed here have no effect. In one source a key wins over its Spark name.
      `RpcConf.effective()` lists all values with their origins.

      | key | default | values | meaning | at the limit, or 0 | Spark name | unset: the value of |
      |---|---|---|---|---|---|---|
      """;

  private ConfigurationDoc() {}

  /** Returns the whole document. */
  static String text() {
    return RpcConfKeys.all().stream()
        .map(ConfigurationDoc::row)
        .collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static String row(RpcConfKey<?> key) {
    String bare = key.unit().isEmpty() ? "" : " (bare: " + key.unit() + ")";
    return String.join(
            " | ",
            "| " + code(key.name()),
            key.defaultText().isEmpty() ? "none" : code(key.defaultText()),
            key.expected().replace("*", "\\*") + bare,
            key.meaning(),
            key.atLimit(),
            key.alias().map(ConfigurationDoc::code).orElse(""),
            key.fallback().map(ConfigurationDoc::code).orElse("") + " |")
        .replace("  ", " ");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** Returns the folder of the whole project. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("rpc-core"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
