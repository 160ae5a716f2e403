// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import org.junit.jupiter.api.Test;

/** RPC-18: the threads of a dedicated endpoint end with it, however it ends. */
public abstract class DedicatedContract extends Contract {

  private static final EndpointOptions OWN =
      EndpointOptions.serial().withExecutor(EndpointExecutor.DEDICATED);
  private static final EndpointOptions THREE = OWN.withParallelism(3);

  private long threadsOf(String endpoint) {
    String prefix = "rpc-" + server().name() + "-" + endpoint + "-";
    return Leftovers.threads(server().name()).stream().filter(n -> n.startsWith(prefix)).count();
  }

  private void awaitThreads(String endpoint, long count) {
    Eventually.awaitEqual(count, () -> threadsOf(endpoint));
  }

  @Test
  void oneThatIsStoppedLeavesNoThread() {
    RpcEndpointRef ref = server().setupEndpoint("own", new Servant(), THREE);
    assertThat(ref.askSync(new Msg.Count(1))).isEqualTo(1);
    assertThat(threadsOf("own")).isEqualTo(3);
    server().stop(ref);
    awaitThreads("own", 0);
    RpcEndpointRef again = server().setupEndpoint("own", new Servant(), OWN);
    assertThat(again.askSync(new Msg.Count(2))).isEqualTo(2);
    awaitThreads("own", 1);
  }

  @Test
  void oneThatStopsItselfLeavesNoThread() {
    RpcEndpoint shy =
        new RpcEndpoint() {
          @Override
          public void receiveAndReply(Object message, RpcCallContext call) {
            stop();
            call.reply(0);
          }
        };
    assertThat(server().setupEndpoint("shy", shy, THREE).askSync(new Msg.Count(1))).isZero();
    awaitThreads("shy", 0);
  }

  @Test
  void oneThatDoesNotStartLeavesNoThread() {
    RpcEndpoint broken =
        new RpcEndpoint() {
          @Override
          public void onStart() {
            throw new IllegalStateException("broken");
          }
        };
    server().setupEndpoint("broken", broken, THREE);
    awaitThreads("broken", 0);
  }

  /** Promise 12: nor does the end of its env, whose other threads are there until then. */
  @Test
  void oneThatIsBlockedAtTheEndLeavesNoThread() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    Gate gate = lab.gate();
    RpcEndpointRef ref = server().setupEndpoint("blocked", new Blocker(gate), OWN);
    ref.send(new Msg.Tick(1));
    gate.awaitReached();
    server().shutdown();
    assertThat(server().awaitTermination(LONG)).isTrue();
    Leftovers.assertNoThreads(server().name());
  }

  /** Promise 12: the one thread that is left behind ends as soon as its handler does. */
  @Test
  void oneThatIgnoresItsInterruptLeavesItsThreadNoLongerThanItsHandler() throws Exception {
    lab.serverConf("rpc.shutdown.timeout", "100ms");
    Deaf deaf = new Deaf();
    server().setupEndpoint("deaf", deaf, OWN).send(new Msg.Tick(1));
    deaf.awaitBegun();
    server().shutdown();
    assertThat(server().awaitTermination(LONG)).isTrue();
    assertThat(Leftovers.threads(server().name()))
        .containsExactly("rpc-" + server().name() + "-deaf-1");
    deaf.release();
    Leftovers.assertNoThreads(server().name());
  }
}
