// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.Serializer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer announces is judged by this env's own list. */
@Timeout(60)
class PeerClassesTest {

  private record Known(int x) {}

  private record Unwanted(int x) {

    static final AtomicInteger MADE = new AtomicInteger();

    Unwanted {
      MADE.incrementAndGet();
    }
  }

  private final Serializer lax = SerializerFixture.serializer(Known.class, Unwanted.class);
  private final Serializer strict = SerializerFixture.serializer(Known.class);

  private static MessageClass announcement(int id, String name) {
    return new MessageClass(id, name, 0);
  }

  @Test
  void theReceiverRefusesWhatOnlyTheSenderAllowsAtEveryDepth() {
    Unwanted unwanted = new Unwanted(1);
    int made = Unwanted.MADE.get();
    for (Object message :
        new Object[] {unwanted, List.of(1, List.of(unwanted)), new Unwanted[] {unwanted}}) {
      EncodedMessage encoded = SerializerFixture.encode(lax, message);
      PeerClasses classes = SerializerFixture.announce(lax, strict, encoded);

      assertThatThrownBy(() -> strict.decode(encoded.body(), classes, SerializerFixture.NO_REFS))
          .isInstanceOf(RpcSerializationException.class)
          .hasMessageContaining("class " + Unwanted.class.getName() + " is not allowed")
          .hasMessageContaining("add .messages(");
    }
    assertThat(Unwanted.MADE).hasValue(made);
  }

  @Test
  void aRefusedClassIsKnownWithoutTheBodyAndSpoilsNoOther() {
    EncodedMessage unwanted = SerializerFixture.encode(lax, new Unwanted(1));
    EncodedMessage known = SerializerFixture.encode(lax, new Known(2));
    PeerClasses classes = SerializerFixture.announce(lax, strict, known);

    assertThatThrownBy(() -> classes.check(unwanted.messageClass()))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining(Unwanted.class.getName());
    assertThatCode(() -> classes.check(known.messageClass())).doesNotThrowAnyException();
    assertThat(strict.decode(known.body(), classes, SerializerFixture.NO_REFS))
        .isEqualTo(new Known(2));
  }

  @Test
  void unknownClassesAndIdsFailByName() {
    PeerClasses classes = strict.newPeerClasses();
    classes.define(announcement(MessageClass.FIRST_ID, "com.acme.Gone"));

    assertThatThrownBy(() -> classes.check(announcement(MessageClass.FIRST_ID, "com.acme.Gone")))
        .hasMessageContaining("com.acme.Gone");
    assertThatThrownBy(() -> classes.check(announcement(MessageClass.FIRST_ID + 1, "x")))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("was not announced");
    assertThatThrownBy(() -> classes.check(announcement(255, "x")))
        .isInstanceOf(RpcSerializationException.class);
  }

  @Test
  void hostileAnnouncementsAreRefused() {
    PeerClasses classes = strict.newPeerClasses();
    classes.define(announcement(MessageClass.FIRST_ID, "a.B"));

    for (MessageClass hostile :
        List.of(
            announcement(MessageClass.FIRST_ID, "a.C"),
            announcement(MessageClass.FIRST_ID - 1, "a.B"),
            announcement(MessageClass.INLINE, "a.B"),
            announcement(-1, "a.B"),
            announcement(MessageClass.FIRST_ID + MessageClass.MAX_CLASSES, "a.B"),
            announcement(Integer.MAX_VALUE, "a.B"),
            announcement(MessageClass.FIRST_ID + 1, "x".repeat(1025)))) {
      assertThatThrownBy(() -> classes.define(hostile))
          .isInstanceOf(RpcSerializationException.class);
    }
  }

  @Test
  void dangerousNamesAreRefused() {
    PeerClasses classes = strict.newPeerClasses();
    int id = MessageClass.FIRST_ID;
    for (String name :
        List.of(
            "",
            "[",
            "[X",
            "[".repeat(256) + "I",
            "[L;",
            "java.lang.Runtime",
            "java.lang.ProcessBuilder",
            "java.lang.Thread",
            "java.util.Scanner",
            "[[Lcom.acme.Foo;",
            "java.lang.Object",
            "int")) {
      MessageClass announced = announcement(id++, name);
      classes.define(announced);
      assertThatThrownBy(() -> classes.check(announced))
          .as(name)
          .isInstanceOf(RpcSerializationException.class);
    }
  }

  @Test
  void inlineClassesAreJudgedTheSameWay() {
    PeerClasses classes = strict.newPeerClasses();

    assertThatThrownBy(
            () -> classes.check(announcement(MessageClass.INLINE, Unwanted.class.getName())))
        .hasMessageContaining("is not allowed");
    assertThatThrownBy(
            () -> classes.check(announcement(MessageClass.INLINE, Known.class.getName())))
        .hasMessageContaining("looks different on the two sides (fields here: x:int)");
  }
}
