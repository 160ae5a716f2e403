// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/** Kinds of places a setting can come from, the weakest first. */
public enum RpcConfSource {
  /** The built-in default. */
  DEFAULT,
  /** A properties file. */
  FILE,
  /** An environment variable of the process. */
  ENVIRONMENT,
  /** A system property of the JVM. */
  SYSTEM_PROPERTY,
  /** A map given to the builder. */
  MAP,
  /** A single value set on the builder. */
  BUILDER
}
