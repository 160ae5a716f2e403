// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import java.util.Map;
import java.util.SortedMap;

/**
 * The tasks of a stage that are to be run.
 *
 * @param stage the stage's number, unique in the application
 * @param name what to call the stage, for people
 * @param splits by partition: what that task needs beyond what all need, encoded
 * @param preferred by partition: the executor that has what the task needs, if one has
 * @param firstAttempt the number of the first attempt at each: higher than any before
 */
record TaskSet(
    int stage,
    String name,
    SortedMap<Integer, byte[]> splits,
    Map<Integer, String> preferred,
    int firstAttempt) {}
