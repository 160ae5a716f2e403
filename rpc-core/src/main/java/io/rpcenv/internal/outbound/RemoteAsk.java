// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.RpcTimeout;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.dispatch.Inbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An ask of another env. Its entry among the pending calls and its deadline belong to the outbox's
 * loop; whatever completes it elsewhere sends word there.
 *
 * @param <T> the reply
 */
public final class RemoteAsk<T> extends AskFuture<T> {

  /** The call id of an ask that is not written. */
  static final long UNWRITTEN = 0;

  private static final int QUEUED = 0;
  private static final int CLAIMED = 1;
  private static final int WITHDRAWN = 2;

  private static final VarHandle STAGE;

  static {
    try {
      STAGE = MethodHandles.lookup().findVarHandle(RemoteAsk.class, "stage", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Outbox outbox;
  private final String uri;
  private final String messageClass;

  /** Decides between the loop, which writes it, and whoever gives it up, on any thread. */
  @SuppressWarnings("unused") // through STAGE
  private volatile int stage;

  // Confined to the loop.
  private long callId = UNWRITTEN;
  private long writtenNanos;
  private @Nullable OutboundAsk waiting;

  /**
   * Makes a pending ask; {@link Outbox#ask} puts it on its way.
   *
   * @param outbox the path
   * @param uri the endpoint's whole URI, for texts
   * @param messageClass the message's class, for texts
   * @param replyType what the reply must be an instance of
   * @param timeout how long to wait
   */
  public RemoteAsk(
      Outbox outbox, String uri, String messageClass, Class<?> replyType, RpcTimeout timeout) {
    super(replyType, timeout, outbox.peerLoop().loop().nanoTime());
    this.outbox = outbox;
    this.uri = uri;
    this.messageClass = messageClass;
  }

  /** Says that its message waits: it is new, or has come back unsent. */
  void waiting(OutboundAsk message) {
    waiting = message;
    if (isWritten()) {
      callId = UNWRITTEN;
      STAGE.setRelease(this, QUEUED);
    }
  }

  /** Claims it for the socket; false if it was withdrawn. */
  boolean claim() {
    return STAGE.compareAndSet(this, QUEUED, CLAIMED);
  }

  /**
   * Takes it back, unless it was written. Any thread; whoever does so ends it, too.
   *
   * @return whether it is certain that it never is written
   */
  public boolean withdraw() {
    return (int) STAGE.compareAndExchange(this, QUEUED, WITHDRAWN) != CLAIMED;
  }

  @Override
  public boolean mayHaveExecuted() {
    return !withdraw();
  }

  boolean isWritten() {
    return callId != UNWRITTEN;
  }

  @Nullable OutboundAsk waiting() {
    return waiting;
  }

  void written(long id) {
    waiting = null;
    callId = id;
    writtenNanos = outbox.peerLoop().loop().nanoTime();
  }

  long callId() {
    return callId;
  }

  @Override
  public void expired(long nowNanos) {
    String place = isWritten() ? null : outbox.describeWait();
    boolean withdrawn = outbox.forget(this);
    fail(new RpcTimeoutException(timeoutText(nowNanos, place, withdrawn), !withdrawn));
  }

  /** Returns what makes the text; it refers to nothing that is large or lives on. */
  private Supplier<String> timeoutText(long nowNanos, @Nullable String place, boolean withdrawn) {
    String asked = messageClass;
    String of = uri;
    String peer = outbox.description();
    RpcTimeout timeout = timeout();
    long millis = millis(nowNanos - startNanos());
    long sentMillis = millis(nowNanos - writtenNanos);
    return () ->
        timeoutText(
            describe(asked, of),
            millis,
            place != null ? place : sentText(sentMillis, withdrawn),
            peer,
            timeout);
  }

  private static String sentText(long millis, boolean withdrawn) {
    return withdrawn
        ? "being sent for " + millis + " ms, as the peer does not read"
        : "sent " + millis + " ms ago and unanswered";
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @Override
  protected void abandoned() {
    outbox.submit(new OutboundCancel(this));
  }

  @Override
  public @Nullable Inbox target() {
    return null;
  }

  @Override
  protected String describe() {
    return describe(messageClass, uri);
  }
}
