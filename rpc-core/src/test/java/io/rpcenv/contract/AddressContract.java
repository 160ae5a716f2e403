// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where envs are found: RPC-05, RPC-16, RPC-17. */
public abstract class AddressContract extends Contract {

  private RpcAddress address() {
    return server().address().orElseThrow();
  }

  /** RPC-16 */
  @Test
  void thePortThatWasBoundIsInTheAddress() {
    assertThat(address().host()).isEqualTo("127.0.0.1");
    assertThat(address().port()).isPositive();
    RpcEndpointRef ref = host("e", new Servant());
    assertThat(ref.address()).contains(address());
    assertThat(ref.askSync(new Msg.Echo("x"))).isEqualTo("x");
  }

  /** RPC-16: the port is taken, the next ones are tried. */
  @Test
  void whenThePortIsTakenTheNextOnesAreTried() {
    int taken = address().port();
    RpcEnv next = lab.env("next").listen(taken).conf("rpc.port.maxRetries", "50").open();
    int port = next.address().orElseThrow().port();
    assertThat(port).isNotEqualTo(taken);
    if (taken + 50 <= 65535) {
      assertThat(port).isBetween(taken + 1, taken + 50);
    }
    next.setupEndpoint("e", new Servant());
    assertThat(Lab.find(client(), next, "e").askSync(new Msg.Echo("x"))).isEqualTo("x");
  }

  /** RPC-16: so many times and no more. */
  @Test
  void whenNoPortIsFreeBuildingFails() {
    int taken = address().port();
    assertThatThrownBy(() -> lab.env("none").listen(taken).conf("rpc.port.maxRetries", "0").open())
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining(Integer.toString(taken));
    assertThat(host("e", new Servant()).askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** RPC-16: after 65535 it goes on from below. */
  @Test
  void thePortWrapsAfterTheLastOne() {
    RpcEnv first = lab.env("last").listen(65535).conf("rpc.port.maxRetries", "50").open();
    RpcEnv second = lab.env("wrapped").listen(65535).conf("rpc.port.maxRetries", "50").open();
    int port = second.address().orElseThrow().port();
    assertThat(port).isNotEqualTo(first.address().orElseThrow().port()).isLessThan(65535);
    second.setupEndpoint("e", new Servant());
    assertThat(Lab.find(client(), second, "e").askSync(new Msg.Echo("x"))).isEqualTo("x");
  }

  /** RPC-17 */
  @Test
  void refsCarryTheAdvertisedAddress() throws Exception {
    int port = freePort();
    RpcAddress advertised = RpcAddress.of("localhost", port);
    RpcEnv env = lab.env("nat").listen("127.0.0.1", port).advertise(advertised).open();
    assertThat(env.address()).contains(advertised);
    NetRecorder recorder = new NetRecorder();
    assertThat(env.setupEndpoint("e", recorder).address()).contains(advertised);
    RpcEndpointRef ref = client().setupEndpointRef(advertised, "e");
    assertThat(ref.address()).contains(advertised);
    assertThat(ref.askSync(new Msg.WhoAreYou())).isEqualTo(ref);
    // Reached at another address than the advertised one, its refs still carry that.
    RpcEnv other = lab.env("other").open();
    RpcEndpointRef found = other.setupEndpointRef(RpcAddress.of("127.0.0.1", port), "e");
    assertThat(found.askSync(new Msg.WhoAreYou()).address()).contains(advertised);
  }

  /** SPARK_58748_wildcardNotAdvertised */
  @Test
  void aWildcardIsNotAdvertised() {
    for (String wildcard : new String[] {"0.0.0.0", "::"}) {
      assertThatThrownBy(() -> lab.env("wild").listen(wildcard, 0).open())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("advertise")
          .hasMessageContaining("(expected: ");
    }
  }

  private int freePort() throws Exception {
    RpcEnv probe = lab.env("probe").listen(0).open();
    int port = probe.address().orElseThrow().port();
    probe.close();
    return port;
  }

  /** RPC-05, RPC-29 */
  @Test
  void lookingUpByAddressAndByUri() throws Exception {
    RpcEndpointRef own = server().setupEndpoint("odd name@ä/b", new Servant());
    String uri = io.rpcenv.RpcEndpointAddress.of(address(), "odd name@ä/b").toString();
    RpcEndpointRef byAddress = client().setupEndpointRef(address(), "odd name@ä/b");
    RpcEndpointRef byUri = client().setupEndpointRefByURI(uri);
    RpcEndpointRef later = Failures.reply(client().asyncSetupEndpointRefByURI(uri));
    RpcEndpointRef spark = client().setupEndpointRefByURI(uri.replaceFirst("^rpc://", "spark://"));
    assertThat(byAddress).isEqualTo(own).isEqualTo(byUri).isEqualTo(later).isEqualTo(spark);
    assertThat(spark.askSync(new Msg.Echo("x"))).isEqualTo("x");
  }

  /** RPC-05: looking up what is not there fails at once, with the whole URI. */
  @Test
  void lookingUpAnEndpointThatDoesNotExist() throws Exception {
    String uri = "rpc://nobody@" + address().hostPort();
    long begin = System.nanoTime();
    assertThatThrownBy(() -> client().setupEndpointRef(address(), "nobody"))
        .isInstanceOf(RpcEndpointNotFoundException.class)
        .hasMessageContaining(uri);
    assertThatThrownBy(() -> client().setupEndpointRefByURI(uri))
        .isInstanceOf(RpcEndpointNotFoundException.class);
    RpcEndpointNotFoundException failure =
        Failures.of(client().asyncSetupEndpointRefByURI(uri), RpcEndpointNotFoundException.class);
    assertThat(Failures.row(failure, false, false).uri()).isEqualTo(uri);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThatThrownBy(() -> server().setupEndpointRef(address(), "nobody"))
        .isInstanceOf(RpcEndpointNotFoundException.class)
        .hasMessageContaining(uri);
  }

  /** RPC-04: the sender's address is the one of its events, or none for a client's own socket. */
  @Test
  void theSendersAddressIsItsAdvertisedOneOrItsSocket() {
    RpcEndpointRef ref = host("e", new Servant());
    String socket = ref.askSync(new Msg.WhereAmI());
    assertThat(RpcAddress.parse(socket).port()).isNotEqualTo(address().port());
    RpcEnv peer = lab.env("peer").listen(0).open();
    RpcEndpointRef fromPeer = Lab.find(peer, server(), "e");
    assertThat(fromPeer.askSync(new Msg.WhereAmI()))
        .isEqualTo(peer.address().orElseThrow().toString());
    RpcEndpointRef own = Lab.find(server(), server(), "e");
    assertThat(own.askSync(new Msg.WhereAmI())).isEqualTo(address().toString());
  }

  /** RPC-05: without the verifier nobody could look an endpoint up any more. */
  @Test
  void theVerifierCannotBeStopped() {
    host("e", new Servant());
    RpcEndpointRef verifier = Lab.find(server(), server(), "endpoint-verifier");
    assertThatThrownBy(() -> server().stop(verifier))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ref: " + verifier + " (expected: an endpoint that is not reserved)");
    assertThat(Lab.find(client(), server(), "e").askSync(new Msg.Echo("x"))).isEqualTo("x");
  }
}
