// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RetryPolicy;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRequest;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** References work inside messages, at any depth. */
@Timeout(60)
class ReferencesTest {

  private record Introduce(RpcEndpointRef whom, Map<String, List<RpcEndpointRef>> others) {}

  private static final class Ref extends RpcEndpointRef {

    private final RefIdentity identity;

    Ref(RefIdentity identity) {
      this.identity = identity;
    }

    @Override
    public Optional<RpcAddress> address() {
      return identity.address();
    }

    @Override
    public String name() {
      return identity.name();
    }

    @Override
    public void send(Object message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> RpcFuture<R> ask(RpcRequest<R> request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> RpcFuture<R> ask(RpcRequest<R> request, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> RpcFuture<R> ask(Object message, Class<R> replyType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> RpcFuture<R> ask(Object message, Class<R> replyType, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> R askSync(RpcRequest<R> request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> R askSync(RpcRequest<R> request, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> R askSync(Object message, Class<R> replyType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> R askSync(Object message, Class<R> replyType, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> RpcFuture<R> askWithRetry(RpcRequest<R> request, RetryPolicy policy) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <R> RpcFuture<R> askWithRetry(Object message, Class<R> replyType, RetryPolicy policy) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RpcEndpointRef withTimeout(RpcTimeout timeout) {
      throw new UnsupportedOperationException();
    }
  }

  private static final RefResolver REFS =
      new RefResolver() {
        @Override
        public RefIdentity identify(RpcEndpointRef ref) {
          return ((Ref) ref).identity;
        }

        @Override
        public RpcEndpointRef resolve(RefIdentity identity) {
          return new Ref(identity);
        }
      };

  private static final RefIdentity SERVER =
      new RefIdentity(new EnvId(1, -2), Optional.of(RpcAddress.of("host.invalid", 7077)), "server");
  private static final RefIdentity CLIENT =
      new RefIdentity(new EnvId(Long.MIN_VALUE, 3), Optional.empty(), "client");

  private final Serializer serializer = SerializerFixture.serializer(Introduce.class);

  @Test
  void refsArriveAsTheirIdentityAtAnyDepth() {
    Introduce message = new Introduce(new Ref(SERVER), Map.of("x", List.of(new Ref(CLIENT))));
    EncodedMessage encoded = serializer.encode(message, SerializerFixture.LIMIT, REFS);

    Introduce back =
        (Introduce)
            serializer.decode(
                encoded.body(), SerializerFixture.announce(serializer, serializer, encoded), REFS);

    assertThat(((Ref) back.whom()).identity).isEqualTo(SERVER);
    assertThat(((Ref) back.others().get("x").get(0)).identity).isEqualTo(CLIENT);
  }

  @Test
  void aRefIsAMessage() {
    EncodedMessage encoded = serializer.encode(new Ref(CLIENT), SerializerFixture.LIMIT, REFS);

    assertThat(encoded.highestClassId()).isZero();
    assertThat(
            ((Ref) serializer.decode(encoded.body(), serializer.newPeerClasses(), REFS)).identity)
        .isEqualTo(CLIENT);
  }

  @Test
  void aRefOfNoEnvFailsWithItsPath() {
    Introduce message = new Introduce(new Ref(SERVER), Map.of());

    assertThatThrownBy(() -> SerializerFixture.encode(serializer, message))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("Introduce.whom")
        .hasMessageContaining("no refs here");
  }
}
