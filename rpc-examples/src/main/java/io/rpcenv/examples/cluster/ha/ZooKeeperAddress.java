// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import io.rpcenv.examples.cli.CommandException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where masters meet.
 *
 * @param servers ZooKeeper's servers, {@code host:port}, separated by commas
 * @param path what in ZooKeeper is theirs; begins with a slash and is not the root
 */
public record ZooKeeperAddress(String servers, String path) {

  private static final Pattern URI =
      Pattern.compile(
          "zk://([A-Za-z0-9.\\[\\]:-]+:\\d{1,5}(?:,[A-Za-z0-9.\\[\\]:-]+:\\d{1,5})*)"
              + "((?:/[A-Za-z0-9_.-]*[A-Za-z0-9_-])+)/?");

  /**
   * Reads an option's value.
   *
   * @param option the option's name
   * @param text {@code zk://host:port[,host:port...]/path}
   */
  public static ZooKeeperAddress parse(String option, String text) throws CommandException {
    Matcher matcher = URI.matcher(text);
    if (!matcher.matches()) {
      throw CommandException.usage(
          option, text, "zk://host:port/path, such as zk://127.0.0.1:2181/rpcenv");
    }
    return new ZooKeeperAddress(matcher.group(1), matcher.group(2));
  }
}
