// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcException;
import io.rpcenv.RpcRemoteException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-14: what a handler threw, as the asker sees it. */
@Timeout(20)
class ThrowableDataTest {

  private static final StackTraceElement FRAME = new StackTraceElement("C", "m", "C.java", 7);
  private static final StackTraceElement NATIVE = new StackTraceElement("D", "n", null, -2);

  private static RpcRemoteException cross(Throwable thrown, Class<?>... allowed) {
    Set<String> names = Set.copyOf(Arrays.stream(allowed).map(Class::getName).toList());
    byte[] bytes = FailureCodec.encodeHandlerFailure(thrown);
    assertThat(bytes.length).isLessThanOrEqualTo(FailureCodec.MAX_BYTES);
    return (RpcRemoteException)
        FailureCodec.decode(
            bytes,
            "peer:1",
            new ThrowableRebuilder(names::contains, ThrowableDataTest.class.getClassLoader()));
  }

  private static List<Throwable> chain(Throwable first) {
    List<Throwable> all = new ArrayList<>();
    for (Throwable t = first; t != null; t = t.getCause()) {
      all.add(t);
    }
    return all;
  }

  private static <T extends Throwable> T at(T thrown, StackTraceElement... stack) {
    thrown.setStackTrace(stack);
    return thrown;
  }

  @Test
  void classMessageStackAndCausesCross() {
    Exception inner = at(new Exception(), NATIVE);
    RpcRemoteException there = cross(at(new IllegalStateException("boom", inner), FRAME, NATIVE));
    assertThat(there.remoteClassName()).isEqualTo("java.lang.IllegalStateException");
    assertThat(there.remoteMessage()).isEqualTo("boom");
    assertThat(there.remoteStack()).containsExactly(FRAME, NATIVE);
    RpcRemoteException cause = (RpcRemoteException) there.getCause();
    assertThat(cause.remoteClassName()).isEqualTo("java.lang.Exception");
    assertThat(cause.remoteMessage()).isNull();
    assertThat(cause.remoteStack()).containsExactly(NATIVE);
    assertThat(cause).hasNoCause();
  }

  // Bounds

  @Test
  void sixteenCausesCross() {
    Exception thrown = new Exception("0");
    for (int i = 1; i <= 20; i++) {
      thrown = new Exception("" + i, thrown);
    }
    List<Throwable> there = chain(cross(thrown));
    assertThat(there).hasSize(17);
    assertThat(((RpcRemoteException) there.get(16)).remoteMessage()).isEqualTo("4");
  }

  @Test
  void aCircleOfCausesIsCut() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);
    assertThat(chain(cross(a)))
        .extracting(t -> ((RpcRemoteException) t).remoteMessage())
        .containsExactly("a", "b");
  }

  @Test
  void longMessagesAreCut() {
    RpcRemoteException there =
        cross(new Exception("x".repeat(2049), new Exception("y".repeat(513))));
    assertThat(there.remoteMessage()).isEqualTo("x".repeat(2048) + "\u2026");
    assertThat(((RpcRemoteException) there.getCause()).remoteMessage())
        .isEqualTo("y".repeat(512) + "\u2026");
    assertThat(cross(new Exception("x".repeat(2048))).remoteMessage()).isEqualTo("x".repeat(2048));
  }

  @Test
  void sixtyFourFramesOfEachStackCross() {
    StackTraceElement[] stack = new StackTraceElement[100];
    Arrays.setAll(stack, i -> new StackTraceElement("C", "m", "C.java", i));
    assertThat(cross(at(new Exception("x"), stack)).remoteStack())
        .containsExactly(Arrays.copyOf(stack, 64));
  }

  @Test
  void hugeNamesAndStacksStayWithinTheBound() {
    String huge = "\u20ac".repeat(3000);
    StackTraceElement[] stack = new StackTraceElement[64];
    Arrays.fill(stack, new StackTraceElement(huge, huge, huge, 1));
    Exception thrown = null;
    for (int i = 0; i < 17; i++) {
      thrown = at(new Exception(huge, thrown), stack);
    }
    List<Throwable> there = chain(cross(thrown));
    assertThat(there).hasSize(17);
    StackTraceElement first = there.get(0).getStackTrace()[0];
    assertThat(first.getClassName()).isEqualTo("\u20ac".repeat(256) + "\u2026");
    assertThat(first.getMethodName()).hasSize(257);
    assertThat(first.getFileName()).hasSize(257);
    int frames = there.stream().mapToInt(t -> t.getStackTrace().length).sum();
    assertThat(frames * 2300).as("stacks").isBetween(15_000, 24_000);
  }

  @Test
  void aMessageThatCannotBeMadeIsSaidToBeSo() {
    Exception thrown =
        new Exception() {
          @Override
          public String getMessage() {
            throw new IllegalStateException();
          }
        };
    assertThat(cross(thrown).remoteMessage())
        .isEqualTo("(its getMessage failed: java.lang.IllegalStateException)");
  }

  // The original

  /** Its usual constructors. */
  public static final class Both extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Both() {
      super("none");
    }

    public Both(String message) {
      super("one: " + message);
    }

    public Both(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Has no cause of its own. */
  public static final class MessageOnly extends Exception {
    private static final long serialVersionUID = 1;

    public MessageOnly(String message) {
      super(message);
    }
  }

  /** Has no message. */
  public static final class Bare extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Has none of the usual constructors. */
  public static final class Odd extends Exception {
    private static final long serialVersionUID = 1;

    public Odd(int number) {
      super("odd " + number);
    }

    public Odd(Integer a, Throwable b) {
      super("odd " + a, b);
    }

    public Odd(String a, String b) {
      super(a + b);
    }
  }

  /** Its constructor fails. */
  public static final class Failing extends Exception {
    private static final long serialVersionUID = 1;

    public Failing(String message) {
      super(message);
      throw new IllegalStateException("in constructor");
    }

    private Failing() {}

    static Failing make() {
      return new Failing();
    }
  }

  /** Cannot be made. */
  public abstract static class Abstract extends Exception {
    private static final long serialVersionUID = 1;

    protected Abstract(String message) {
      super(message);
    }
  }

  private static Throwable original(Throwable thrown, Class<?>... allowed) {
    RpcRemoteException there = cross(thrown, allowed);
    assertThat(there.remoteClassName()).isEqualTo(thrown.getClass().getName());
    return there.getCause();
  }

  @Test
  void theOriginalIsTheCauseWhereItsClassIsAllowed() {
    Throwable there = original(at(new Both("boom", new IOException("x")), FRAME), Both.class);
    assertThat(there).isExactlyInstanceOf(Both.class).hasMessage("boom");
    assertThat(there.getStackTrace()).containsExactly(FRAME);
    assertThat(there.getCause())
        .isInstanceOf(RpcRemoteException.class)
        .hasMessage("java.io.IOException: x");
    Throwable whole =
        original(new Both("boom", new IOException("x")), Both.class, IOException.class);
    assertThat(whole.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("x");
    assertThat(original(new Both("boom"))).as("not allowed").isNull();
  }

  @Test
  void theCauseIsPutInWhereTheConstructorTakesNone() {
    MessageOnly thrown = new MessageOnly("m");
    thrown.initCause(new IOException("x"));
    Throwable there = original(thrown, MessageOnly.class, IOException.class);
    assertThat(there)
        .isExactlyInstanceOf(MessageOnly.class)
        .hasMessage("m")
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThat(original(new MessageOnly("m"), MessageOnly.class)).hasNoCause();
  }

  @Test
  void aClassWithoutAMessageIsMadeWithoutOne() {
    assertThat(original(new Bare(), Bare.class)).isExactlyInstanceOf(Bare.class).hasNoCause();
    Exception bareWithCause = new Bare();
    bareWithCause.initCause(new IOException("x"));
    assertThat(original(bareWithCause, Bare.class, IOException.class))
        .hasCauseExactlyInstanceOf(IOException.class);
  }

  @Test
  void whatCannotBeMadeIsDescribed() {
    assertThat(original(new Odd(1), Odd.class)).isNull();
    assertThat(original(Failing.make(), Failing.class)).isNull();
    Exception anonymous = new Abstract("x") {};
    assertThat(original(anonymous, anonymous.getClass())).isNull();
    ThrowableRebuilder all = new ThrowableRebuilder(name -> true, getClass().getClassLoader());
    assertThat(all.rebuild("no.such.Thing", "m", List.of(), null)).isEmpty();
    assertThat(all.rebuild("java.lang.String", "m", List.of(), null)).as("no throwable").isEmpty();
    assertThat(all.rebuild(Abstract.class.getName(), "m", List.of(), null)).isEmpty();
    assertThat(all.rebuild(Bare.class.getName(), "a message", List.of(), null)).isEmpty();
  }

  @Test
  void aDescribedThrowableMayHaveARebuiltCause() {
    Odd odd = new Odd(1);
    odd.initCause(new IOException("x"));
    RpcRemoteException there = cross(odd, IOException.class);
    assertThat(there.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("x");
  }

  /** A class of the user whose stack cannot be set. */
  public static final class Rigid extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Rigid(String message) {
      super(message);
    }

    @Override
    public void setStackTrace(StackTraceElement[] stack) {
      throw new UnsupportedOperationException();
    }
  }

  /** A failing class of the user must not make a handler's failure one of the connection. */
  @Test
  void whatCannotTakeItsStackIsDescribed() {
    Rigid thrown = new Rigid("x");
    thrown.initCause(new IOException("inner"));
    RpcRemoteException there = cross(thrown, Rigid.class, IOException.class);
    assertThat(there.remoteClassName()).isEqualTo(Rigid.class.getName());
    assertThat(there.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("inner");
  }

  /** Each link is looked at once: twice each would be 65536 times for the innermost. */
  @Test
  void aDeepChainIsRebuiltInOnePass() {
    Exception thrown = new Exception("0");
    for (int i = 1; i <= 16; i++) {
      thrown = new Exception("" + i, thrown);
    }
    AtomicInteger looks = new AtomicInteger();
    ThrowableRebuilder rebuilder =
        new ThrowableRebuilder(name -> looks.incrementAndGet() < 0, getClass().getClassLoader());
    RpcException there =
        FailureCodec.decode(FailureCodec.encodeHandlerFailure(thrown), "peer:1", rebuilder);
    assertThat(looks).hasValue(17);
    assertThat(chain(there))
        .extracting(t -> ((RpcRemoteException) t).remoteMessage())
        .hasSize(17)
        .startsWith("16", "15")
        .endsWith("1", "0");
  }
}
