// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.shuffle;

import io.rpcenv.RpcRequest;

/** What the {@link OutputCommitCoordinator} understands. */
public sealed interface CommitMessage {

  /** Name of its endpoint. */
  String ENDPOINT = "OutputCommitCoordinator";

  /**
   * A stage begins: attempts at its parts may commit from now on.
   *
   * @param stage which one
   */
  record StageStarted(int stage) implements CommitMessage, RpcRequest<Boolean> {}

  /**
   * May this attempt's output count? Answered by whether it may; asked again, the same. Not before
   * its stage has started, and not when that is over.
   *
   * @param stage which stage
   * @param partition which part
   * @param attempt which attempt at it
   */
  record AskPermissionToCommitOutput(int stage, int partition, int attempt)
      implements CommitMessage, RpcRequest<Boolean> {}

  /**
   * An attempt has ended without success: another one may commit.
   *
   * @param stage which stage
   * @param partition which part
   * @param attempt which attempt at it
   */
  record AttemptFailed(int stage, int partition, int attempt)
      implements CommitMessage, RpcRequest<Boolean> {}

  /**
   * A stage is over: what is still under way for it does not count.
   *
   * @param stage which one
   */
  record StageEnded(int stage) implements CommitMessage, RpcRequest<Boolean> {}

  /** The application ends. Answered, then the endpoint stops. */
  record StopCoordinator() implements CommitMessage, RpcRequest<Boolean> {}
}
