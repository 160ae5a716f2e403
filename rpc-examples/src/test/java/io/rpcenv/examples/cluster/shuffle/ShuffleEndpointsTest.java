// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.AskPermissionToCommitOutput;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.AttemptFailed;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StageEnded;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StageStarted;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StopCoordinator;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.GetMapOutputStatuses;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.MapOutput;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RegisterMapOutput;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RemoveOutputsOf;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RemoveShuffle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has written what, and who may commit: CLU-08, CLU-10. */
@Timeout(30)
class ShuffleEndpointsTest {

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final RpcEndpointRef tracker = env.setupEndpoint("t", new MapOutputTracker());
  private final RpcEndpointRef coordinator = env.setupEndpoint("c", new OutputCommitCoordinator());
  private final RpcEndpointRef blocks = env.setupEndpoint("b", new RpcEndpoint() {});

  @AfterEach
  void close() {
    env.close();
  }

  private boolean mayCommit(int partition, int attempt) {
    return coordinator.askSync(new AskPermissionToCommitOutput(1, partition, attempt));
  }

  @Test
  void CLU_08_whatWasWrittenIsFoundUntilItsExecutorIsGone() {
    tracker.askSync(new RegisterMapOutput(7, 1, "a", blocks));
    tracker.askSync(new RegisterMapOutput(7, 0, "b", blocks));
    tracker.askSync(new RegisterMapOutput(8, 0, "a", blocks));
    assertThat(tracker.askSync(new GetMapOutputStatuses(7)).outputs())
        .containsExactly(new MapOutput(0, "b", blocks), new MapOutput(1, "a", blocks));

    tracker.askSync(new RegisterMapOutput(7, 1, "c", blocks)); // another attempt
    assertThat(tracker.askSync(new RemoveOutputsOf("a"))).isEqualTo(1);
    assertThat(tracker.askSync(new GetMapOutputStatuses(7)).outputs()).hasSize(2);
    assertThat(tracker.askSync(new GetMapOutputStatuses(8)).outputs()).isEmpty();

    assertThat(tracker.askSync(new RemoveShuffle(7))).isTrue();
    assertThat(tracker.askSync(new RemoveShuffle(7))).isFalse();
    assertThat(tracker.askSync(new GetMapOutputStatuses(7)).outputs()).isEmpty();
  }

  @Test
  void CLU_10_ofTwoAttemptsOnlyTheFirstMayCommit() {
    coordinator.askSync(new StageStarted(1));
    assertThat(mayCommit(0, 1)).isTrue();
    assertThat(mayCommit(0, 0)).isFalse();
    assertThat(mayCommit(0, 1)).as("asked again").isTrue();
    assertThat(mayCommit(1, 0)).as("another part").isTrue();
  }

  @Test
  void whenTheOneThatMightCommitHasFailedAnotherMay() {
    coordinator.askSync(new StageStarted(1));
    assertThat(mayCommit(0, 0)).isTrue();
    assertThat(coordinator.askSync(new AttemptFailed(1, 0, 1))).as("some other").isFalse();
    assertThat(mayCommit(0, 1)).isFalse();
    assertThat(coordinator.askSync(new AttemptFailed(1, 0, 0))).isTrue();
    assertThat(mayCommit(0, 1)).isTrue();
  }

  /** CLU-10: an attempt that nobody waits for any more changes nothing. */
  @Test
  void CLU_10_nobodyCommitsBeforeAStageStartsOrWhenItIsOver() {
    assertThat(mayCommit(0, 0)).isFalse();
    assertThat(coordinator.askSync(new StageStarted(1))).isTrue();
    assertThat(mayCommit(0, 0)).isTrue();
    assertThat(coordinator.askSync(new StageStarted(1))).as("again").isFalse();
    assertThat(mayCommit(0, 1)).isFalse();
    assertThat(coordinator.askSync(new StageEnded(2))).as("another").isFalse();

    assertThat(coordinator.askSync(new StageEnded(1))).isTrue();
    assertThat(mayCommit(0, 0)).isFalse();
    assertThat(mayCommit(1, 0)).isFalse();
    assertThat(coordinator.askSync(new AttemptFailed(1, 0, 0))).isFalse();
    assertThat(coordinator.askSync(new StageEnded(1))).as("again").isFalse();
  }

  @Test
  void whoIsStoppedHasSaidSoBefore() {
    assertThat(coordinator.askSync(new StopCoordinator())).isTrue();
    assertThatThrownBy(() -> coordinator.askSync(new StopCoordinator()))
        .isInstanceOf(RpcEndpointNotFoundException.class);
  }
}
