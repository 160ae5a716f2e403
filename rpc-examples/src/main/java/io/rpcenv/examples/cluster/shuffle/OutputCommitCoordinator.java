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
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StopCoordinator;
import java.util.HashMap;
import java.util.Map;

/** Lets one attempt at each part of a stage commit: the first that asks, unless it fails then. */
public final class OutputCommitCoordinator extends RpcEndpoint {

  private final Map<Part, Integer> committers = new HashMap<>();

  private record Part(int stage, int partition) {}

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof AskPermissionToCommitOutput m) {
      Part part = new Part(m.stage(), m.partition());
      call.reply(committers.computeIfAbsent(part, unused -> m.attempt()) == m.attempt());
    } else if (message instanceof AttemptFailed m) {
      call.reply(committers.remove(new Part(m.stage(), m.partition()), m.attempt()));
    } else if (message instanceof StageEnded m) {
      call.reply(committers.keySet().removeIf(part -> part.stage() == m.stage()));
    } else if (message instanceof StopCoordinator) {
      stop(); // first: who has the answer finds it gone
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }
}
