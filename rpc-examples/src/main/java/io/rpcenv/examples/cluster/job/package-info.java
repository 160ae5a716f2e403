// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

/**
 * The examples' own jobs, written with data sets: a sum, word counts, an inverted index, pi by
 * chance, and a stream. Start with {@link io.rpcenv.examples.cluster.job.WordCountJob}.
 *
 * <p>A {@link io.rpcenv.examples.cluster.job.Job} lives in the driver; its functions travel to
 * executors, which let in classes of this package, and of no other here. Nothing in here sends a
 * message.
 */
@NullMarked
package io.rpcenv.examples.cluster.job;

import org.jspecify.annotations.NullMarked;
