// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcRequest;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a message class brings along to the allow-list, and what it does not. */
@Timeout(60)
class MessageTypesTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(MessageTypes.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  private static MessageTypes of(Class<?>... classes) {
    return MessageTypes.of(
        List.of(new RpcEnvSettings.Messages(Optional.empty(), List.of(classes))), List.of());
  }

  private static MessageTypes patterns(String... patterns) {
    return MessageTypes.of(List.of(), List.of(patterns));
  }

  private List<String> warnings() {
    return log.list.stream()
        .map(event -> event.getLevel() + " " + event.getArgumentArray()[0])
        .toList();
  }

  record Ask(Key key) implements RpcRequest<Map<String, List<Answer[]>>> {}

  record Key(int x) {}

  record Answer(Optional<Detail> detail) {}

  record Detail() {}

  record Stranger() {}

  @Test
  void repliesComponentsArgumentsAndElementsComeAlong() {
    MessageTypes types = of(Ask.class);

    assertThat(types.classes())
        .containsExactlyInAnyOrder(Ask.class, Key.class, Answer.class, Detail.class);
    assertThat(types.allows(Stranger.class)).isFalse();
    assertThat(types.allows(Answer[][].class)).isTrue();
    assertThat(types.allows(Stranger[].class)).isFalse();
    assertThat(warnings()).isEmpty();
  }

  interface Typed<T> extends RpcRequest<T> {}

  abstract static class Base<A, B> implements Typed<B> {}

  static final class Bound extends Base<Key, Answer> {}

  @Test
  void theReplyIsFoundThroughSupertypes() {
    assertThat(of(Bound.class).classes())
        .containsExactlyInAnyOrder(Bound.class, Key.class, Answer.class, Detail.class);
  }

  sealed interface Shape {}

  record Circle(Key key) implements Shape {}

  sealed interface Polygon extends Shape {}

  record Square() implements Polygon {}

  record Drawing(Shape shape) {}

  @Test
  void permittedSubtypesComeAlong() {
    assertThat(of(Drawing.class).classes())
        .contains(Circle.class, Square.class, Key.class)
        .doesNotContain(Stranger.class);
    assertThat(warnings()).isEmpty();
  }

  interface Protocol {
    record Start(Key key) {}

    enum Mode {
      FAST {
        @Override
        public String toString() {
          return "fast";
        }
      }
    }

    interface More {
      record Stop() {}
    }
  }

  @Test
  void anInterfaceIsANamespace() {
    MessageTypes types = of(Protocol.class);

    assertThat(types.classes())
        .contains(Protocol.Start.class, Protocol.Mode.class, Protocol.More.Stop.class, Key.class);
    assertThat(types.allows(((Object) Protocol.Mode.FAST).getClass())).isTrue();
    assertThat(warnings()).isEmpty();
  }

  static class Parent {
    Key key;
    static Stranger ignored;
    transient Stranger alsoIgnored;
  }

  static final class Child extends Parent {
    Answer[] answers;
  }

  @Test
  void fieldsOfSuperclassesComeAlongButNotStaticOrTransientOnes() {
    assertThat(of(Child.class).classes())
        .containsExactlyInAnyOrder(Child.class, Key.class, Answer.class, Detail.class);
  }

  interface Open {}

  abstract static class HalfDone {}

  @SuppressWarnings("ArrayRecordComponent")
  record Vague<T>(
      Object any,
      T variable,
      List<?> wild,
      Open open,
      HalfDone half,
      @SuppressWarnings("rawtypes") List raw,
      Serializable platform,
      Open[] openArray,
      List<? extends Key> bounded) {}

  @Test
  void whatCanHoldAnyClassAddsNothingAndIsNamed() {
    MessageTypes types = of(Vague.class);

    assertThat(types.classes()).containsExactlyInAnyOrder(Vague.class, Key.class);
    assertThat(types.allows(Open.class)).isFalse();
    assertThat(types.allows(Open[].class)).as("an array of it is no such object").isTrue();
    assertThat(warnings())
        .containsExactlyInAnyOrder(
            "WARN Vague.any: Object",
            "WARN Vague.variable: T",
            "WARN Vague.wild: ?",
            "WARN Vague.open: Open",
            "WARN Vague.half: HalfDone",
            "WARN Vague.raw: List (raw)",
            "WARN Vague.openArray: Open");
  }

  @Test
  void patternsAllowPackagesAndNames() {
    assertThat(patterns("io.rpcenv.serialization.*").allows(Key.class)).isTrue();
    assertThat(patterns("io.rpcenv.*").allows(Key.class)).isFalse();
    assertThat(patterns("io.rpcenv.**").allows(Key[].class)).isTrue();
    assertThat(patterns("io.rpcenv.serialization.MessageTypesTest$Key").allows(Key.class)).isTrue();
    assertThat(patterns("io.rpcenv.serialization.MessageTypesTest").allows(Key.class)).isFalse();
    assertThat(patterns("io.rpcenv.serial.**", "io.rpc.*").allows(Key.class)).isFalse();
  }

  @Test
  void namesAreFoundOnlyIfAllowed() throws ClassNotFoundException {
    ClassLoader loader = getClass().getClassLoader();

    assertThat(of(Key.class).find(Key.class.getName(), loader)).contains(Key.class);
    assertThat(of(Key.class).find(Stranger.class.getName(), loader)).isEmpty();
    assertThat(patterns("io.rpcenv.**").find(Stranger.class.getName(), loader))
        .contains(Stranger.class);
    assertThatThrownBy(() -> patterns("com.acme.*").find("com.acme.Gone", loader))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void classesKeepTheLookupTheyCameWith() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MessageTypes types =
        MessageTypes.of(
            List.of(new RpcEnvSettings.Messages(Optional.of(lookup), List.of(Ask.class))),
            List.of());

    assertThat(types.lookup(Detail.class)).containsSame(lookup);
    assertThat(types.lookup(Stranger.class)).isEmpty();
  }

  @Test
  void theRefusalSaysTheLineToAdd() {
    assertThat(MessageTypes.refusal("com.acme.Jobs$Foo"))
        .isEqualTo(
            "class com.acme.Jobs$Foo is not allowed on the wire; add .messages(Jobs.Foo.class) to"
                + " the RpcEnv builder, or rpc.serializer.allow=com.acme.Jobs$Foo");
  }
}
