// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** The master's answer to {@link MasterMessage.RegisterApplication}. */
public sealed interface RegisterApplicationResponse
    permits RegisteredApplication, MasterInStandby {}
