// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.shuffle;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.AskPermissionToCommitOutput;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.AttemptFailed;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StageEnded;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StageStarted;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StopCoordinator;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets one attempt at each part of a stage commit: the first that asks, unless it fails then. Knows
 * the stages that are being run; attempts at any other one come too late and are refused.
 */
public final class OutputCommitCoordinator extends RpcEndpoint {

  private final Map<Integer, Map<Integer, Integer>> stages = new HashMap<>(); // partition: attempt

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof StageStarted m) {
      call.reply(stages.putIfAbsent(m.stage(), new HashMap<>()) == null);
    } else if (message instanceof AskPermissionToCommitOutput m) {
      call.reply(mayCommit(m));
    } else if (message instanceof AttemptFailed m) {
      Map<Integer, Integer> committers = stages.get(m.stage());
      call.reply(committers != null && committers.remove(m.partition(), m.attempt()));
    } else if (message instanceof StageEnded m) {
      call.reply(stages.remove(m.stage()) != null);
    } else if (message instanceof StopCoordinator) {
      stop(); // first: who has the answer finds it gone
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }

  private boolean mayCommit(AskPermissionToCommitOutput m) {
    Map<Integer, Integer> committers = stages.get(m.stage());
    return committers != null
        && committers.computeIfAbsent(m.partition(), unused -> m.attempt()) == m.attempt();
  }
}
