// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcRequest;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.Serializer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records, enums, ordinary classes and exceptions of users. */
@Timeout(60)
class UserClassesTest {

  @SuppressWarnings("ArrayRecordComponent")
  private record AllKinds(
      boolean z,
      byte b,
      char c,
      short s,
      int i,
      long l,
      float f,
      double d,
      String text,
      Integer boxed,
      Object any,
      int[] ints) {

    @Override
    public boolean equals(Object other) {
      return other instanceof AllKinds o && parts().equals(o.parts());
    }

    @Override
    public int hashCode() {
      return parts().hashCode();
    }

    private List<Object> parts() {
      return Arrays.asList(z, b, c, s, i, l, f, d, text, boxed, any, Arrays.toString(ints));
    }
  }

  private record Empty() {}

  private record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("value: " + value + " (expected: above 0)");
      }
    }
  }

  private record Generic<T>(T value, List<? extends Shape> shapes) implements RpcRequest<Empty> {}

  private sealed interface Shape {}

  private record Circle(double radius) implements Shape {}

  private record Square(double side) implements Shape {}

  private enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "high";
      }
    };
  }

  private static class Base {
    private int id;
    transient int cached = 7;
  }

  private static final class Plain extends Base {
    private final String name;
    private List<Level> levels = new ArrayList<>();
    private Plain next;

    private Plain() {
      this("unnamed");
    }

    Plain(String name) {
      this.name = name;
    }
  }

  private static final class NoDefault {
    private final int value;

    NoDefault(int value) {
      this.value = value;
    }
  }

  private static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;
  }

  private static final class Range extends AbstractList<Integer> {
    private int size;

    @Override
    public Integer get(int index) {
      return Objects.checkIndex(index, size);
    }

    @Override
    public int size() {
      return size;
    }
  }

  private static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    @SuppressWarnings("unused") // by the serializer
    NotFound(String message, Throwable cause) {
      this(message, cause, 0);
    }

    NotFound(String message, Throwable cause, int code) {
      super(message, cause);
      this.code = code;
    }
  }

  private static final class Unusual extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusual(int code) {
      super("code " + code);
    }
  }

  private record Job(String name, Conf conf) {}

  private record Conf(Map<String, Object> options, List<Object> values) {}

  private record Secret(int x) {}

  private static final Serializer SENDER = make();
  private static final Serializer RECEIVER = make();

  private static Serializer make() {
    return SerializerFixture.serializer(
        AllKinds.class,
        Empty.class,
        Positive.class,
        Generic.class,
        Level.class,
        Plain.class,
        NoDefault.class,
        Names.class,
        Range.class,
        NotFound.class,
        Unusual.class,
        Wide.class,
        Job.class);
  }

  private Object roundTrip(Object message) {
    return SerializerFixture.roundTrip(SENDER, RECEIVER, message);
  }

  private RpcSerializationException refusal(Object message) {
    return catchThrowableOfType(
        RpcSerializationException.class, () -> SerializerFixture.encode(SENDER, message));
  }

  @Test
  void recordsKeepEveryKindOfComponent() {
    AllKinds some =
        new AllKinds(
            true,
            (byte) 1,
            'c',
            (short) 2,
            -3,
            4L << 40,
            5f,
            6d,
            "t",
            7,
            List.of(8),
            new int[] {9});
    AllKinds nothing =
        new AllKinds(false, (byte) 0, '\0', (short) 0, 0, 0, 0, 0, null, null, null, null);

    assertThat(roundTrip(some)).isEqualTo(some);
    assertThat(roundTrip(nothing)).isEqualTo(nothing);
    assertThat(roundTrip(new Empty())).isEqualTo(new Empty());
    assertThat(roundTrip(List.of(new Empty(), new Empty())))
        .isEqualTo(List.of(new Empty(), new Empty()));
  }

  @Test
  void recordsOfManyComponentsWork() {
    assertThat(roundTrip(Wide.example())).isEqualTo(Wide.example());
  }

  @Test
  void genericsAndPermittedSubtypesComeWithTheirOwner() {
    Generic<Optional<String>> message =
        new Generic<>(Optional.of("x"), List.of(new Circle(1), new Square(2)));

    assertThat(roundTrip(message)).isEqualTo(message);
    assertThat(roundTrip(new Shape[] {new Circle(1)})).isEqualTo(new Shape[] {new Circle(1)});
  }

  @Test
  void enumsWithBodiesAreTheSameConstants() {
    assertThat(roundTrip(Level.HIGH)).isSameAs(Level.HIGH);
    assertThat(roundTrip(new Level[] {Level.LOW})).isEqualTo(new Level[] {Level.LOW});
  }

  @Test
  void ordinaryClassesKeepTheirFields() {
    Plain plain = new Plain("outer");
    ((Base) plain).id = 3;
    plain.cached = 8;
    plain.levels.add(Level.HIGH);
    plain.next = new Plain("inner");

    Plain back = (Plain) roundTrip(plain);

    assertThat(back.name).isEqualTo("outer");
    assertThat(((Base) back).id).isEqualTo(3);
    assertThat(back.cached).as("transient").isEqualTo(7);
    assertThat(back.levels).containsExactly(Level.HIGH);
    assertThat(back.next.name).isEqualTo("inner");
  }

  @Test
  void aClassOverAnAbstractCollectionKeepsItsFields() {
    Range range = new Range();
    range.size = 4;

    assertThat(roundTrip(range)).isEqualTo(List.of(0, 1, 2, 3));
  }

  @Test
  void exceptionsKeepMessageCauseStackAndFields() {
    NotFound thrown = new NotFound("gone", new IllegalStateException("why"), 404);
    thrown.addSuppressed(new NotFound("too", null, 1));

    NotFound back = (NotFound) roundTrip(thrown);

    assertThat(back).hasMessage("gone").hasCauseInstanceOf(IllegalStateException.class);
    assertThat(back.code).isEqualTo(404);
    assertThat(back.getStackTrace()).isEqualTo(thrown.getStackTrace());
    assertThat(((NotFound) back.getSuppressed()[0]).code).isEqualTo(1);
  }

  @Test
  void addressesNeedNoRegistration() {
    assertThat(roundTrip(RpcAddress.of("host", 1))).isEqualTo(RpcAddress.of("host", 1));
  }

  @Test
  void aClassThatIsNotAllowedIsRefusedWithTheLineToAdd() {
    assertThat(refusal(new Secret(1)))
        .hasMessageContaining("class " + Secret.class.getName() + " is not allowed on the wire")
        .hasMessageContaining("add .messages(")
        .hasMessageContaining("rpc.serializer.allow=" + Secret.class.getName());
    assertThat(refusal(new Secret[0])).hasMessageContaining(Secret.class.getName());
  }

  @Test
  void aPatternAllowsAClass() {
    Serializer byPattern =
        SerializerFixture.serializer(
            getClass().getClassLoader(), List.of("io.rpcenv.netty.internal.kryo.*"));

    assertThat(SerializerFixture.roundTrip(byPattern, byPattern, new Secret(1)))
        .isEqualTo(new Secret(1));
  }

  @Test
  void anUnserializableFieldFailsAtOnceWithItsPath() {
    Job job = new Job("j", new Conf(Map.of("lock", new ReentrantLock()), List.of()));
    RpcSerializationException failure = refusal(job);

    assertThat(failure.path()).isEqualTo("Job.conf.options[lock]");
    assertThat(failure.typeName()).isEqualTo(ReentrantLock.class.getName());
    assertThat(failure).hasMessageContaining("Job.conf.options[lock]");

    List<Object> values = Arrays.asList(1, Optional.of(new Object[] {2, new Secret(1)}));
    assertThat(refusal(new Job("j", new Conf(Map.of(), values))).path())
        .isEqualTo("Job.conf.values[1].value[1]");
  }

  @Test
  void aCycleFailsAtOnceWithItsPath() {
    Plain first = new Plain("first");
    first.next = first;

    assertThat(refusal(first).path()).startsWith("Plain.next.next.next");
    assertThat(refusal(first)).hasMessageContaining("rpc.serializer.maxDepth=256");
  }

  @Test
  void nestingUpToTheLimitWorks() {
    Plain chain = null;
    for (int i = 0; i < 256; i++) {
      Plain outer = new Plain("" + i);
      outer.levels = null;
      outer.next = chain;
      chain = outer;
    }
    Plain tooDeep = new Plain("256");
    tooDeep.next = chain;

    assertThat(((Plain) roundTrip(chain)).name).isEqualTo("255");
    assertThat(refusal(tooDeep)).isNotNull();
  }

  @Test
  void classesThatCannotBeRebuiltFailByNameWithWhatToDo() {
    assertThat(refusal(new NoDefault(1)))
        .hasMessageContaining(NoDefault.class.getName())
        .hasMessageContaining("has no constructor without arguments");
    assertThat(refusal(new Names())).hasMessageContaining("extends java.util.ArrayList");
    assertThat(refusal(new Unusual(1))).hasMessageContaining("has no constructor (String");
    assertThat(new NoDefault(1).value).isEqualTo(1);
  }

  @Test
  void whatIsNotSupportedFailsByName() {
    Runnable lambda = () -> {};
    assertThat(refusal(lambda)).hasMessageContaining("lambda");
    assertThat(refusal(Thread.currentThread())).hasMessageContaining("java.lang.Thread");
    assertThat(refusal(String.class)).hasMessageContaining("java.lang.Class");
    assertThat(refusal(new TreeSet<>(Comparator.comparing(Object::toString))).path())
        .endsWith(".comparator");
    assertThat(refusal(new Object())).hasMessageContaining("java.lang.Object");
  }

  @Test
  void aRecordsConstructorStillRefuses() {
    Serializer lax = SerializerFixture.serializer(Positive.class);
    byte[] bytes = SerializerFixture.bytes(SerializerFixture.encode(lax, new Positive(1)).body());
    bytes[bytes.length - 1] = 1; // -1, zig-zag
    EncodedMessage encoded = SerializerFixture.encode(lax, new Positive(1));

    assertThatThrownBy(
            () ->
                lax.decode(
                    MessageBody.ofArray(bytes),
                    SerializerFixture.announce(lax, lax, encoded),
                    SerializerFixture.NO_REFS))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("value: -1 (expected: above 0)");
  }
}
