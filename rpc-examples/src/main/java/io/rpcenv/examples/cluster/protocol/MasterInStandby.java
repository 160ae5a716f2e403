// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** This master does not lead, or not yet: ask another one, or ask again. */
public record MasterInStandby() implements RegisterApplicationResponse, RegisterWorkerResponse {}
