// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static io.rpcenv.contract.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A look-up that is led from address to address. */
@Timeout(20)
class LookupTest {

  private static final RpcAddress HERE = RpcAddress.of("here", 1);
  private static final RpcAddress THERE = RpcAddress.of("there", 2);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final PeersRig rig = new PeersRig();

  /** Each is a path that somebody has asked for, so that none becomes an alias of the other. */
  @BeforeEach
  void dial() {
    rig.peers.dial(HERE);
    rig.peers.dial(THERE);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private static void passTime(Duration time) {
    long begin = System.nanoTime();
    await("time passes", () -> System.nanoTime() - begin > time.toNanos());
  }

  /** Envs that each advertise the address of the next one. */
  @Test
  void goesOnSoFarAndNoFurther() {
    List<RpcAddress> chain =
        IntStream.rangeClosed(1, 20).mapToObj(i -> RpcAddress.of("chain", i)).toList();
    chain.forEach(rig.peers::dial);
    Lookup lookup = rig.lookUp(chain.get(0), MINUTE);
    for (int i = 1; i < chain.size() && rig.transport.isConnecting(); i++) {
      rig.connectTo(chain.get(i));
    }
    assertThat(rig.transport.dialed).isEqualTo(chain.subList(0, 4));
    assertThat(lookup).isCompletedExceptionally();
    assertThatThrownBy(lookup::join)
        .hasCauseInstanceOf(RpcConnectionException.class)
        .hasMessageEndingWith(
            "[rpc://e@chain:1] was not found: led from address to address, [chain:5] last");
  }

  @Test
  void anEnvThatIsKnownByNoOtherAddressIsNotAskedAgain() {
    Lookup lookup = rig.lookUp(HERE, MINUTE);
    rig.connectTo(THERE);
    rig.connectTo(THERE);
    assertThat(rig.transport.dialed).containsExactly(HERE, THERE);
    assertThat(lookup).as("there, it is asked").isNotDone();
  }

  @Test
  void eachHopHasTheTimeThatIsLeft() {
    Lookup lookup = rig.lookUp(HERE, MINUTE);
    passTime(Duration.ofMillis(100));
    rig.connectTo(THERE);
    rig.loop.advance(MINUTE.minusMillis(50)); // the loop's clock stood still until here
    assertThat(lookup).isCompletedExceptionally();
    assertThatThrownBy(lookup::join)
        .hasCauseInstanceOf(RpcTimeoutException.class)
        .hasMessageContaining("ask of [" + SystemMessage.CheckExistence.class.getName() + "]")
        .hasMessageContaining("there:2");
  }

  @Test
  void withoutTimeThereIsNoFurtherHop() {
    Duration time = Duration.ofMillis(50);
    Lookup lookup = rig.lookUp(HERE, time);
    passTime(time);
    rig.connectTo(THERE);
    assertThat(rig.transport.dialed).containsExactly(HERE);
    assertThat(lookup).isCompletedExceptionally();
  }
}
