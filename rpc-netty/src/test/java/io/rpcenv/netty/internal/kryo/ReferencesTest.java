// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.testing.FakeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** References work inside messages, at any depth. */
@Timeout(60)
class ReferencesTest {

  private record Introduce(RpcEndpointRef whom, Map<String, List<RpcEndpointRef>> others) {}

  private static final RefResolver REFS =
      new RefResolver() {
        @Override
        public RefIdentity identify(RpcEndpointRef ref) {
          return ((FakeRef) ref).identity();
        }

        @Override
        public RpcEndpointRef resolve(RefIdentity identity) {
          return new FakeRef(identity);
        }
      };

  private static final RefIdentity SERVER =
      new RefIdentity(new EnvId(1, -2), Optional.of(RpcAddress.of("host.invalid", 7077)), "server");
  private static final RefIdentity CLIENT =
      new RefIdentity(new EnvId(Long.MIN_VALUE, 3), Optional.empty(), "client");

  private final Serializer serializer = SerializerFixture.serializer(Introduce.class);

  @Test
  void refsArriveAsTheirIdentityAtAnyDepth() {
    Introduce message =
        new Introduce(new FakeRef(SERVER), Map.of("x", List.of(new FakeRef(CLIENT))));
    EncodedMessage encoded = serializer.encode(message, SerializerFixture.LIMIT, REFS);

    Introduce back =
        (Introduce)
            serializer.decode(
                encoded.body(), SerializerFixture.announce(serializer, serializer, encoded), REFS);

    assertThat(((FakeRef) back.whom()).identity()).isEqualTo(SERVER);
    assertThat(((FakeRef) back.others().get("x").get(0)).identity()).isEqualTo(CLIENT);
  }

  @Test
  void aRefIsAMessage() {
    EncodedMessage encoded = serializer.encode(new FakeRef(CLIENT), SerializerFixture.LIMIT, REFS);

    assertThat(encoded.highestClassId()).isZero();
    assertThat(
            ((FakeRef) serializer.decode(encoded.body(), serializer.newPeerClasses(), REFS))
                .identity())
        .isEqualTo(CLIENT);
  }

  @Test
  void aRefOfNoEnvFailsWithItsPath() {
    Introduce message = new Introduce(new FakeRef(SERVER), Map.of());

    assertThatThrownBy(() -> SerializerFixture.encode(serializer, message))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("Introduce.whom")
        .hasMessageContaining("no refs here");
  }
}
