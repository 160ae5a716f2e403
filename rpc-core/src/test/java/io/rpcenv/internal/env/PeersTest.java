// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcAddress;
import io.rpcenv.internal.outbound.DialingOutbox;
import io.rpcenv.internal.outbound.FakeConnection;
import io.rpcenv.internal.outbound.PathElsewhere;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.PeerInfo;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 3: one path to each env, and its connections one after the other. */
@Timeout(20)
class PeersTest {

  private static final RpcAddress ALIAS = RpcAddress.of("alias", 1);
  private static final RpcAddress OTHER_ALIAS = RpcAddress.of("other-alias", 2);
  private static final RpcAddress NAMED = RpcAddress.of("named", 7000);
  private static final RpcAddress MOVED = RpcAddress.of("named", 7001);

  private final PeersRig rig = new PeersRig();

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private Optional<RpcAddress> admit(DialingOutbox outbox, RpcAddress advertised) {
    return rig.peers
        .admit(outbox, PeersRig.listening(advertised))
        .map(elsewhere -> elsewhere.other().orElseThrow());
  }

  // Connections that this env opens

  @Test
  void ofTwoAliasesOfOneEnvTheFirstIsItsPath() {
    DialingOutbox first = rig.peers.dial(ALIAS);
    DialingOutbox second = rig.peers.dial(OTHER_ALIAS);
    assertThat(admit(first, NAMED)).isEmpty();
    assertThat(admit(second, NAMED)).contains(NAMED);
    assertThat(rig.peers.dial(NAMED)).isSameAs(first);
    assertThat(admit(first, NAMED)).as("again, after a loss").isEmpty();
  }

  @Test
  void aPathToTheAdvertisedAddressStaysAndItsAliasGivesWay() {
    DialingOutbox named = rig.peers.dial(NAMED);
    DialingOutbox alias = rig.peers.dial(ALIAS);
    assertThat(admit(alias, NAMED)).contains(NAMED);
    assertThat(rig.peers.dial(NAMED)).isSameAs(named);
    assertThat(admit(named, NAMED)).isEmpty();
  }

  /** A path that refuses an env must not be found as the path to it. */
  @Test
  void anAliasThatLeadsToAnotherEnvLaterIsNotThePathToThat() {
    DialingOutbox alias = rig.peers.dial(ALIAS);
    assertThat(admit(alias, NAMED)).isEmpty();
    assertThat(admit(alias, MOVED)).contains(MOVED);
    DialingOutbox moved = rig.peers.dial(MOVED);
    assertThat(moved).isNotSameAs(alias);
    assertThat(admit(moved, MOVED)).isEmpty();
    assertThat(admit(alias, MOVED)).contains(MOVED);
    assertThat(rig.peers.dial(NAMED)).isSameAs(alias);
  }

  @Test
  void anAddressThatLeadsHereIsNoPath() {
    PeerInfo myself =
        new PeerInfo(new EnvId(9, 9), "me", Optional.of(NAMED), RpcAddress.of("10.0.0.9", 1), 1000);
    DialingOutbox alias = rig.peers.dial(ALIAS);
    assertThat(rig.peers.admit(alias, myself).flatMap(PathElsewhere::other)).isEmpty();
    assertThat(rig.peers.admit(alias, myself)).isPresent();
    assertThat(rig.peers.dial(NAMED)).isNotSameAs(alias);
  }

  // Connections that others open

  /** A connection of a client on a loop of its own. */
  private final class Line {

    private final StepLoop loop = new StepLoop();
    private final FakeConnection connection = PeersRig.fromClient(loop);

    void accept() {
      loop.run(() -> rig.peers.accepted(connection));
    }

    boolean isRead() {
      loop.runUntilIdle();
      return connection.handler() != null;
    }

    void end() {
      loop.run(() -> connection.handler().closed(new Exception("closed")));
    }
  }

  private static final String SUPERSEDED = "close: env [them] has opened a new connection";

  private final Line first = new Line();
  private final Line second = new Line();
  private final Line third = new Line();

  @Test
  void aNewConnectionIsNotReadBeforeTheOldOneHasEnded() {
    first.accept();
    assertThat(first.isRead()).isTrue();
    second.accept();
    first.loop.runUntilIdle();
    assertThat(first.connection.log).containsExactly(SUPERSEDED);
    assertThat(second.isRead()).as("the old connection has not ended").isFalse();
    first.end();
    assertThat(second.isRead()).isTrue();
  }

  /** The second gives way while it waits; what the first still brings comes before the third. */
  @Test
  void aThirdConnectionThatOvertakesTheSecondWaitsForTheFirst() {
    first.accept();
    second.accept();
    third.accept();
    first.loop.runUntilIdle();
    assertThat(second.isRead()).isFalse();
    assertThat(second.connection.log).containsExactly(SUPERSEDED);
    assertThat(third.isRead()).as("the first connection has not ended").isFalse();
    first.end();
    assertThat(second.isRead()).as("its place is taken").isFalse();
    assertThat(third.isRead()).isTrue();
    assertThat(third.connection.log).isEmpty();
  }
}
