// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.RpcAddress;
import java.io.Serial;
import java.util.Optional;

/**
 * Says that the env behind an address is reached by another path already: it is this env itself, or
 * it has another address. The cause of the failure of what was queued; a look-up goes on there.
 */
public final class PathElsewhere extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized
  private final Optional<RpcAddress> other;

  private final String reason;

  private PathElsewhere(String reason, Optional<RpcAddress> other) {
    super(reason, null, false, false);
    this.reason = reason;
    this.other = other;
  }

  /** Returns the redirection to this env itself. */
  public static PathElsewhere myself() {
    return new PathElsewhere("it is this env itself", Optional.empty());
  }

  /**
   * Returns the redirection to another address.
   *
   * @param other the address by which the env is known
   */
  public static PathElsewhere at(RpcAddress other) {
    return new PathElsewhere("its env is known as [" + other + "]", Optional.of(other));
  }

  /** Returns why the path is not used. */
  public String reason() {
    return reason;
  }

  /** Returns the address by which the env is known; empty for this env itself. */
  public Optional<RpcAddress> other() {
    return other;
  }
}
