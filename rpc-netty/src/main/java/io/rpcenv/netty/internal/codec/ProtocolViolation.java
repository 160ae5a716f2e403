// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import java.io.Serial;

/** Says that the peer sent what the wire format does not allow. Carries no stack trace. */
public final class ProtocolViolation extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  ProtocolViolation(String message) {
    super(message, null, false, false);
  }
}
