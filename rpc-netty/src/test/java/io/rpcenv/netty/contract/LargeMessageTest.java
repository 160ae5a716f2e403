// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.contract.Contract;
import io.rpcenv.contract.Failures;
import io.rpcenv.contract.Gate;
import io.rpcenv.contract.Msg;
import io.rpcenv.contract.Recorder;
import io.rpcenv.contract.Servant;
import io.rpcenv.contract.Wiring;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-24 at its real size. */
@Timeout(60)
class LargeMessageTest extends Contract {

  private static final int OVER = 129 << 20;

  @Override
  public Wiring wiring() {
    return new NettyWiring();
  }

  /** RPC-24: 129 MiB under the default limit, as a request and as a reply. */
  @Test
  void aMessageOverTheDefaultLimitIsRefusedAndTheConnectionLivesOn() throws Exception {
    RpcEndpointRef ref = host("e", new Servant());
    RpcMessageTooLargeException request =
        Failures.of(ref.ask(new Msg.Blob(new byte[OVER])), RpcMessageTooLargeException.class);
    assertThat(Failures.row(request, false, false).direction()).isEqualTo(RpcDirection.REQUEST);
    assertThat(request.limit()).isEqualTo(128L << 20);
    RpcMessageTooLargeException reply =
        Failures.of(ref.ask(new Msg.Give(OVER)), RpcMessageTooLargeException.class);
    assertThat(Failures.row(reply, false, true).direction()).isEqualTo(RpcDirection.REPLY);
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
    assertThat(client().stats().peers()).allMatch(p -> p.connected(), "connected");
  }

  /** RPC-24: tens of MiB pass, in chunks, while small messages go on. */
  @Test
  void aLargeMessagePassesWhileSmallOnesGoOn() throws Exception {
    RpcEndpointRef ref = host("large", new Servant());
    RpcEndpointRef small = host("small", new Servant());
    var large = ref.ask(new Msg.Blob(new byte[40 << 20]));
    for (int i = 0; i < 50; i++) {
      assertThat(small.askSync(new Msg.Count(i))).isEqualTo(i);
    }
    assertThat(Failures.reply(large)).isEqualTo(40 << 20);
    assertThat(ref.askSync(new Msg.Give(40 << 20))).hasSize(40 << 20);
  }

  /** RPC-06: a message that has not left in whole when its time is over cannot have executed. */
  @Test
  void aLargeAskThatTimesOutWhileItIsSentHasNotExecuted() throws Exception {
    Recorder recorder = new Servant();
    RpcEndpointRef ref = host("e", recorder);
    RpcTimeoutException failure =
        Failures.of(
            ref.ask(new Msg.Blob(new byte[120 << 20]), Duration.ofMillis(1)),
            RpcTimeoutException.class);
    assertThat(Failures.row(failure, true, false)).hasMessageContaining("being sent for ");
    assertThat(ref.askSync(new Msg.Echo("next"))).isEqualTo("next");
    assertThat(lab.watcher(server()).posted("e")).hasSize(1);
  }

  /** Promise 13: what is refused while it arrives breaks nothing else. */
  @Test
  void aMessageThatIsRefusedWhileItArrivesLeavesItsConnectionWhole() throws Exception {
    lab.serverConf("rpc.inbound.maxBytes", "1m");
    Gate gate = lab.gate();
    Servant slow =
        new Servant() {
          @Override
          public void receive(Object message) throws Exception {
            gate.pass();
          }
        };
    RpcEndpointRef stuck = host("stuck", slow);
    RpcEndpointRef other = host("other", new Servant());
    stuck.send(new Msg.Tick(0));
    gate.awaitReached();
    stuck.send(new Msg.Blob(new byte[900_000]));
    for (int i = 0; i < 3; i++) {
      RpcOverloadedException failure =
          Failures.of(other.ask(new Msg.Blob(new byte[3 << 20])), RpcOverloadedException.class);
      assertThat(Failures.row(failure, true, false)).hasMessageContaining("rpc.inbound.maxBytes");
      other.send(new Msg.Blob(new byte[3 << 20]));
      assertThat(other.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
    }
    gate.open();
    assertThat(stuck.askSync(new Msg.Echo("through"))).isEqualTo("through");
    assertThat(other.askSync(new Msg.Blob(new byte[3 << 20]))).as("one fits").isEqualTo(3 << 20);
    assertThat(lab.watcher(server()).dropped("other"))
        .hasSize(3)
        .containsOnly(DropReason.INBOUND_FULL);
  }
}
