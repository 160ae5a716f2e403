// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/**
 * One attempt at one partition of a stage. What all tasks of the stage do is the broadcast block of
 * that stage's number.
 *
 * @param taskId unique in the application; another attempt has another id
 * @param stage which stage
 * @param partition which part of it, from 0
 * @param attempt which attempt at this partition, from 0
 * @param split what this task needs beyond what all need, as the application's code encoded it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TaskDescription(long taskId, int stage, int partition, int attempt, byte[] split) {}
