// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The behaviour suite over one env without a transport. */
@Timeout(60)
class InProcessTest {

  interface InProcess extends WiringSource {
    @Override
    default Wiring wiring() {
      return new InProcessWiring();
    }
  }

  /** Without rpc-netty a listener is an error that names the missing artifact. */
  @Test
  void aListenerWithoutATransportIsAnErrorThatNamesTheArtifact() {
    assertThatThrownBy(() -> RpcEnv.builder("x").listen("localhost", 0).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rpc-netty");
  }

  @Nested
  class Alone extends Contract implements InProcess {

    /** RPC-04: an env without a listener has no address to tell. */
    @Test
    void aLocalAskInAnEnvWithoutAListenerHasNoSenderAddress() {
      assertThat(host("e", new Servant()).askSync(new Msg.WhereAmI())).isEqualTo("nowhere");
    }

    /** RPC-03: endpoints of one name in two envs are not equal. */
    @Test
    void endpointsOfOneNameInTwoEnvsDiffer() {
      RpcEnv other = lab.env("other").open();
      assertThat(other.setupEndpoint("e", new Servant())).isNotEqualTo(host("e", new Servant()));
    }
  }

  @Nested
  class Bounds extends BoundsContract implements InProcess {}

  @Nested
  class Lifecycle extends LifecycleContract implements InProcess {}

  @Nested
  class Stop extends StopContract implements InProcess {}

  @Nested
  class Errors extends ErrorContract implements InProcess {}

  @Nested
  class Messaging extends MessagingContract implements InProcess {}

  @Nested
  class References extends ReferenceContract implements InProcess {}

  @Nested
  class Order extends OrderContract implements InProcess {}

  @Nested
  class Timeouts extends TimeoutContract implements InProcess {}

  @Nested
  class Abort extends AbortContract implements InProcess {}

  @Nested
  class Options extends OptionsContract implements InProcess {}

  @Nested
  class Dedicated extends DedicatedContract implements InProcess {}

  @Nested
  class FailureTable extends FailureTableContract implements InProcess {}

  @Nested
  class Shutdown extends ShutdownContract implements InProcess {}

  @Nested
  class Blocking extends BlockingContract implements InProcess {}

  @Nested
  class Virtual extends VirtualContract implements InProcess {

    /** RPC-18: so many threads of the operating system would be none too few. */
    @Test
    void tenThousandEndpointsBlockAtOnce() throws Exception {
      onVirtualThreads(
          () -> {
            int before = Leftovers.threads(server().name()).size();
            Gate gate = lab.gate();
            CountDownLatch blocked = new CountDownLatch(10_000);
            List<RpcFuture<Integer>> asks = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
              Servant endpoint =
                  new Servant() {
                    @Override
                    public void receiveAndReply(Object message, RpcCallContext call)
                        throws Exception {
                      blocked.countDown();
                      gate.pass();
                      super.receiveAndReply(message, call);
                    }
                  };
              RpcEndpointRef ref = server().setupEndpoint("e" + i, endpoint, VIRTUAL);
              asks.add(ref.ask(new Msg.Count(i)));
            }
            assertThat(blocked.await(20, TimeUnit.SECONDS)).as("all block at once").isTrue();
            assertThat(Leftovers.threads(server().name())).hasSize(before);
            gate.open();
            for (int i = 0; i < 10_000; i++) {
              assertThat(Failures.reply(asks.get(i))).isEqualTo(i);
            }
          });
    }
  }

  @Nested
  class SharedThreads extends SharedThreadsContract implements InProcess {}

  @Nested
  class Observer extends ObserverContract implements InProcess {}

  @Nested
  class Stats extends StatsContract implements InProcess {}

  @Nested
  class BadInput extends BadInputContract implements InProcess {}

  @Nested
  class Retry extends RetryContract implements InProcess {}

  @Nested
  class Plugins extends PluginContract implements InProcess {}
}
