// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcEndpointRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Refs inside messages: RPC-03, and RPC-02 where the client has no listener. */
public abstract class ReferenceContract extends Contract {

  /** RPC-03, RPC-02: the server asks back through a ref that the client sent. */
  @Test
  void aRefInsideAMessageWorksWhereItArrives() {
    RpcEndpointRef helper = client().setupEndpoint("helper", new Servant());
    RpcEndpointRef ref = host("e", new Servant());
    assertThat(ref.askSync(new Msg.Carry(helper))).isEqualTo("through a ref");
    assertThat(ref.askSync(new Msg.Deep(List.of(Map.of("ref", helper)))))
        .isEqualTo("through a ref");
    assertThat(ref.askSync(new Msg.Carry(ref))).isEqualTo("through a ref");
  }

  /** RPC-03 */
  @Test
  void aRefInsideAReplyWorksWhereItArrives() {
    RpcEndpointRef ref = host("e", new Servant());
    RpcEndpointRef self = ref.askSync(new Msg.WhoAreYou());
    assertThat(self.askSync(new Msg.Echo("x"))).isEqualTo("x");
    assertThat(self.name()).isEqualTo("e");
    assertThat(self.address()).isEqualTo(server().address());
    self.send(new Msg.Tick(1));
    Eventually.awaitEqual(3, () -> lab.watcher(server()).posted("e").size());
  }

  /** RPC-03: two refs to one endpoint are equal however they were got. */
  @Test
  void refsToOneEndpointAreEqualHoweverTheyWereGot() {
    Servant servant = new Servant();
    RpcEndpointRef atServer = server().setupEndpoint("e", servant);
    RpcEndpointRef ref = lab.remote() ? Lab.find(client(), server(), "e") : atServer;
    RpcEndpointRef fromReply = ref.askSync(new Msg.WhoAreYou());
    RpcEndpointRef travelled = ref.askSync(new Msg.GiveBack(fromReply));
    assertThat(List.of(ref, fromReply, travelled)).allMatch(atServer::equals, "equal");
    assertThat(List.of(ref, fromReply, travelled))
        .allMatch(r -> r.hashCode() == atServer.hashCode(), "same hash");
    RpcEndpointRef another = host("another", new Servant());
    assertThat(another).isNotEqualTo(ref);
  }

  /** RPC-03: a ref that comes home is the owner's own again. */
  @Test
  void aRefThatComesHomeEqualsTheOwnersOwn() {
    RpcEndpointRef helper = client().setupEndpoint("helper", new Servant());
    RpcEndpointRef ref = host("e", new Servant());
    RpcEndpointRef home = ref.askSync(new Msg.GiveBack(helper));
    assertThat(home).isEqualTo(helper).hasSameHashCodeAs(helper);
    assertThat(home.askSync(new Msg.Echo("home"))).isEqualTo("home");
  }
}
