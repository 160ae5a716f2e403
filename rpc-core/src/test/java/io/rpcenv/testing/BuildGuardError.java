// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import java.util.List;

/** Carries what {@link BuildGuard} found, one line each. */
final class BuildGuardError extends Error {

  private static final long serialVersionUID = 1L;

  BuildGuardError(List<String> faults) {
    super("build guard: " + faults.size() + " fault(s)\n  " + String.join("\n  ", faults));
  }
}
