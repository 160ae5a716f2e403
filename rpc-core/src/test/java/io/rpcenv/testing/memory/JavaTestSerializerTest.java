// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.contract.Loose;
import io.rpcenv.contract.Msg;
import io.rpcenv.contract.Outside;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.serialization.RefResolver;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The serializer of the in-memory runner. */
@Timeout(20)
class JavaTestSerializerTest {

  private static final RefResolver NO_REFS =
      new RefResolver() {
        @Override
        public RefIdentity identify(RpcEndpointRef ref) {
          throw new AssertionError(ref);
        }

        @Override
        public RpcEndpointRef resolve(RefIdentity identity) {
          throw new AssertionError(identity);
        }
      };

  private final Serializer serializer = serializer(Msg.class, Loose.class);

  private static Serializer serializer(Class<?>... allowed) {
    MessageTypes types =
        MessageTypes.of(
            List.of(new RpcEnvSettings.Messages(Optional.empty(), List.<Class<?>>of(allowed))),
            List.of());
    return JavaTestSerializer.provider()
        .create(
            new SerializerSettings(
                RpcConf.defaults(), types, JavaTestSerializerTest.class.getClassLoader()));
  }

  private static Object decode(Serializer from, EncodedMessage message, Serializer to) {
    PeerClasses classes = to.newPeerClasses();
    for (int id = MessageClass.FIRST_ID; id <= message.highestClassId(); id++) {
      classes.define(from.messageClass(id));
    }
    classes.check(message.messageClass());
    return to.decode(message.body(), classes, NO_REFS);
  }

  @Test
  void aMessageCrosses() {
    Loose.Any any = new Loose.Any(List.of(new Loose.Level("l", "text"), 7));
    EncodedMessage encoded = serializer.encode(any, 10_000, NO_REFS);
    assertThat(encoded.messageClass().name()).isEqualTo(Loose.Any.class.getName());
    assertThat(decode(serializer, encoded, serializer(Msg.class, Loose.class))).isEqualTo(any);
  }

  @Test
  void aClassThatIsNotAllowedIsRefusedOnEitherSide() {
    assertThatThrownBy(() -> serializer.encode(new Outside.NotAllowed("x"), 10_000, NO_REFS))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining(Outside.NotAllowed.class.getName());
    Serializer generous = serializer(Msg.class, Loose.class, Outside.NotAllowed.class);
    EncodedMessage encoded =
        generous.encode(new Loose.Any(new Outside.NotAllowed("x")), 10_000, NO_REFS);
    assertThatThrownBy(() -> decode(generous, encoded, serializer))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining(Outside.NotAllowed.class.getName());
  }

  @Test
  void whatIsTooLargeIsNeverBuilt() {
    Msg.Blob blob = new Msg.Blob(new byte[1000]);
    int size = serializer.encode(blob, 10_000, NO_REFS).body().size();
    assertThat(serializer.encode(blob, size, NO_REFS).body().size()).isEqualTo(size);
    assertThatThrownBy(() -> serializer.encode(blob, size - 1, NO_REFS))
        .isInstanceOf(RpcMessageTooLargeException.class);
  }

  @Test
  void thePathToAnUnserializableFieldIsNamed() {
    Loose.Any bad = new Loose.Any(List.of(new Loose.Level("l", new Outside.Unserializable())));
    assertThatThrownBy(() -> serializer.encode(bad, 10_000, NO_REFS))
        .isInstanceOfSatisfying(
            RpcSerializationException.class,
            e -> assertThat(e.path()).isEqualTo("Any.value[0].inner"));
  }
}
