// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.protocol;

/** What became of an attempt at a task. */
public sealed interface TaskOutcome {

  /** It has begun. */
  record Running() implements TaskOutcome {}

  /**
   * It is done.
   *
   * @param result what the driver gets, as the application's code encoded it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Finished(byte[] result) implements TaskOutcome {}

  /**
   * It is done, and its result is too large for a message.
   *
   * @param uri a file of the executor's file server with what the driver gets
   * @param size the file's size in bytes
   */
  record FinishedInFile(String uri, long size) implements TaskOutcome {}

  /**
   * What it was to read of a shuffle is not there.
   *
   * @param shuffle which shuffle
   * @param map the map task whose output is missing
   * @param executorId where it was; empty if nobody knows
   * @param error what went wrong, for people
   */
  record FetchFailed(int shuffle, int map, String executorId, String error)
      implements TaskOutcome {}

  /**
   * It failed.
   *
   * @param error what went wrong, for people
   */
  record Failed(String error) implements TaskOutcome {}

  /** It was stopped by {@code KillTask}. */
  record Killed() implements TaskOutcome {}
}
