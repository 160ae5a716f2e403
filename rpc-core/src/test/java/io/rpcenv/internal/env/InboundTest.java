// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static io.rpcenv.contract.Eventually.awaitEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.internal.dispatch.WorkerPool;
import io.rpcenv.internal.env.SystemMessage.CheckExistence;
import io.rpcenv.internal.queue.ByteBudget;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.SerializerSettings;
import io.rpcenv.testing.Logged;
import io.rpcenv.testing.memory.JavaTestSerializer;
import io.rpcenv.transport.PeerInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes in: who is there, undecoded bytes, and what is lost. */
@Timeout(20)
class InboundTest {

  // Presence

  private final List<String> heard = new CopyOnWriteArrayList<>();

  private final class Ear extends RpcEndpoint {

    @Override
    public void onConnected(RpcAddress peer) {
      heard.add("connected " + peer.hostPort());
    }

    @Override
    public void onDisconnected(RpcAddress peer) {
      heard.add("disconnected " + peer.hostPort());
    }
  }

  private static PeerInfo peer(long id, int socketPort, Optional<RpcAddress> advertised) {
    return new PeerInfo(
        new EnvId(id, id), "them", advertised, RpcAddress.of("10.0.0.9", socketPort), 1000);
  }

  /** RPC-11: once per env, by the first connection's address. */
  @Test
  void endpointsHearOfTheFirstAndTheLastConnectionOfAnEnv() throws Exception {
    EnvEvents events = new EnvEvents("me", List.of(), 0);
    try (RpcEnv env = RpcEnv.builder("me").build()) {
      WorkerPool shared = WorkerPool.shared("me", RpcConf.defaults());
      Dispatcher dispatcher =
          new Dispatcher(env, RpcConf.defaults(), events, (e, i) -> {}, shared, Optional.empty());
      dispatcher.register(
          env.setupEndpoint("ear", new RpcEndpoint() {}), new Ear(), EndpointOptions.serial());
      Presence presence = new Presence(dispatcher);
      assertThat(presence.opened(peer(1, 1, Optional.empty())).hostPort()).isEqualTo("10.0.0.9:1");
      assertThat(presence.opened(peer(1, 2, Optional.empty())).hostPort()).isEqualTo("10.0.0.9:1");
      RpcAddress advertised = RpcAddress.of("other", 7);
      assertThat(presence.opened(peer(2, 3, Optional.of(advertised)))).isEqualTo(advertised);
      presence.closed(peer(1, 1, Optional.empty()));
      presence.closed(peer(2, 3, Optional.of(advertised)));
      presence.closed(peer(1, 2, Optional.empty()));
      presence.closed(peer(1, 2, Optional.empty()));
      presence.opened(peer(1, 4, Optional.empty()));
      awaitEqual(
          List.of(
              "connected 10.0.0.9:1",
              "connected other:7",
              "disconnected other:7",
              "disconnected 10.0.0.9:1",
              "connected 10.0.0.9:4"),
          () -> List.copyOf(heard));
      dispatcher.stopAll().get(10, TimeUnit.SECONDS);
      dispatcher.end(TimeUnit.SECONDS.toNanos(10));
      shared.end();
    }
  }

  // Undecoded bodies

  private final ByteBudget budget = new ByteBudget(100);
  private final AtomicInteger released = new AtomicInteger();

  private RemoteBody body(MessageClass messageClass, int size) {
    PeerClasses classes =
        new PeerClasses() {
          @Override
          public void define(MessageClass announced) {}

          @Override
          public void check(MessageClass checked) {
            throw new RpcSerializationException(
                "not allowed", checked.name(), "", RpcDirection.REQUEST, null);
          }
        };
    MessageBody bytes =
        MessageBody.ofSegments(List.of(ByteBuffer.allocate(size)), size, released::incrementAndGet);
    return new RemoteBody(messageClass, bytes, classes, codec(), RpcDirection.REQUEST, budget);
  }

  private static MessageCodec codec() {
    return new MessageCodec(
        JavaTestSerializer.provider()
            .create(
                new SerializerSettings(
                    RpcConf.defaults(),
                    MessageTypes.of(List.of(), List.of()),
                    InboundTest.class.getClassLoader())),
        null,
        1000,
        InboundTest.class.getClassLoader());
  }

  @Test
  void bytesThatWaitToBeDecodedAreBoundedAndComeBackOnce() {
    MessageClass c = new MessageClass(300, "C", 0);
    RemoteBody first = body(c, 5000);
    assertThat(first.count(new ReadCredit(budget))).as("one always fits").isTrue();
    RemoteBody second = body(c, 1);
    assertThat(second.count(new ReadCredit(budget))).isFalse();
    second.release();
    assertThat(budget.held()).as("what was not counted is not given back").isEqualTo(5000);
    first.release();
    first.release();
    assertThat(budget.held()).isZero();
    assertThat(released).hasValue(2);
    assertThat(first.className()).isEqualTo("C");
  }

  @Test
  void aBodyThatCannotBeDecodedIsReleasedToo() {
    RemoteBody damaged = body(CheckExistence.CLASS, 1); // ends within the first field
    assertThat(damaged.count(new ReadCredit(budget))).isTrue();
    assertThat(damaged.refusal()).as("our own classes are always allowed").isEmpty();
    assertThatThrownBy(damaged::decode)
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("could not be decoded");
    assertThat(budget.held()).isZero();
    assertThat(released).hasValue(1);
    assertThat(body(new MessageClass(300, "C", 0), 1).refusal())
        .hasValueSatisfying(e -> assertThat(e).hasMessage("not allowed"));
  }

  // What is lost

  @Test
  void whatIsLostIsCountedToldAndWarnedOf() {
    List<String> told = new ArrayList<>();
    RpcEnvListener broken =
        new RpcEnvListener() {
          @Override
          public void onMessageDropped(MessageEvent event, DropReason reason) {
            throw new IllegalStateException();
          }

          @Override
          public String toString() {
            return "broken";
          }
        };
    RpcEnvListener listener =
        new RpcEnvListener() {
          @Override
          public void onMessageDropped(MessageEvent event, DropReason reason) {
            told.add(event.endpoint() + " " + event.messageClass() + " " + event.kind() + reason);
          }
        };
    EnvEvents events = new EnvEvents("me", List.of(broken, listener), 0);
    try (Logged logged = new Logged(EnvEvents.class)) {
      events.dropped("e", "C", Origin.LOCAL, DropReason.INBOX_FULL);
      events.dropped("e", "C", Origin.LOCAL, DropReason.ENV_STOPPED);
      assertThat(logged.lines())
          .containsExactly(
              "WARN [me] listener [broken] failed",
              "WARN [me] a message of class [C] for endpoint [e] was dropped: [INBOX_FULL];"
                  + " [0] more since the last such line (rpc.drop.warnInterval)",
              "WARN [me] listener [broken] failed");
    }
    assertThat(told).containsExactly("e C ONE_WAYINBOX_FULL", "e C ONE_WAYENV_STOPPED");
    assertThat(events.droppedByReason())
        .isEqualTo(Map.of(DropReason.INBOX_FULL, 1L, DropReason.ENV_STOPPED, 1L));
  }

  @Test
  void oneWarningPerReasonAndPeriodSaysHowManyWereLeftOut() {
    EnvEvents hourly = new EnvEvents("me", List.of(), TimeUnit.HOURS.toNanos(1));
    try (Logged logged = new Logged(EnvEvents.class)) {
      for (int i = 0; i < 5; i++) {
        hourly.dropped("e", "C", Origin.LOCAL, DropReason.INBOX_FULL);
        hourly.dropped("e", "C", Origin.LOCAL, DropReason.TOO_LARGE);
      }
      assertThat(logged.lines()).hasSize(2);
    }
    EnvEvents often = new EnvEvents("me", List.of(), TimeUnit.MILLISECONDS.toNanos(20));
    long drops = 0;
    try (Logged logged = new Logged(EnvEvents.class)) {
      while (logged.lines().size() < 4) {
        often.dropped("e", "C", Origin.LOCAL, DropReason.INBOX_FULL);
        drops++;
      }
      Pattern more = Pattern.compile("\\[(\\d+)] more");
      long suppressed = 0;
      for (String line : logged.lines()) {
        Matcher matcher = more.matcher(line);
        assertThat(matcher.find()).isTrue();
        suppressed += Long.parseLong(matcher.group(1));
      }
      assertThat(suppressed + 4).isEqualTo(drops);
    }
  }
}
