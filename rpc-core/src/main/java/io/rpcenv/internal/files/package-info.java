// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * Files for other envs, and channels that read files of other envs. Start at {@link
 * io.rpcenv.internal.files.FileRegistry} and {@link io.rpcenv.internal.files.ChannelOpener}. May
 * change at any time.
 */
@NullMarked
package io.rpcenv.internal.files;

import org.jspecify.annotations.NullMarked;
