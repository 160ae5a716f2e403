// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.Objects;

/** A reply that is not of the asked class. Not retriable; the handler has run. */
public final class RpcUnexpectedReplyException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the failure with the text {@code reply: <actual> (expected: <expected>)}.
   *
   * @param expected name of the asked class
   * @param actual name of the reply's class
   */
  public RpcUnexpectedReplyException(String expected, String actual) {
    super(
        "reply: "
            + Objects.requireNonNull(actual, "actual")
            + " (expected: "
            + Objects.requireNonNull(expected, "expected")
            + ")",
        null,
        false,
        true);
  }
}
