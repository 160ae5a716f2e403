// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import java.util.Locale;

/** The kinds of work that are measured, one at a time. */
public enum Work {
  /** Small asks, 64 in flight. */
  ASK_64,
  /** Small asks, 1024 in flight. */
  ASK_1024,
  /** One-way messages. */
  SEND,
  /** One small ask after the other. */
  LATENCY,
  /** Asks of 1 MiB, 4 in flight. */
  LARGE,
  /** One-way messages within the process. */
  LOCAL_SEND,
  /** Small asks within the process, 64 in flight. */
  LOCAL_ASK,
  /** A file, from the server's disk into a buffer of the client's. */
  FILE,
  /** Small asks at a fixed rate beside asks of 64 MiB. */
  MIXED;

  /** Returns the name that the command line knows. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the work of this name. */
  public static Work of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
