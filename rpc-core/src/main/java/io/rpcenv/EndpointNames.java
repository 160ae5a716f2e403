// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Objects;

/** Rules for names of endpoints. */
final class EndpointNames {

  /** Name of the endpoint that every environment has itself, which tells what endpoints exist. */
  static final String VERIFIER = "endpoint-verifier";

  private EndpointNames() {}

  /** Returns the name if it is one, reserved ones included. */
  static String require(String name) {
    return Objects.requireNonNull(name, "name");
  }

  /** Returns the name if a user's endpoint may have it. */
  static String requireUser(String name) {
    if (require(name).equals(VERIFIER)) {
      throw new IllegalArgumentException("name: " + name + " (expected: a name not reserved)");
    }
    return name;
  }
}
