// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/** Unit tests of the package. */
@NullUnmarked
package io.rpcenv.internal.files;

import org.jspecify.annotations.NullUnmarked;
