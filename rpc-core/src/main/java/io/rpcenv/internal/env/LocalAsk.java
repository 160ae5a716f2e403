// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.RpcException;
import io.rpcenv.RpcTimeout;
import io.rpcenv.RpcTimeoutException;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.AskMessage;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.call.Rejections;
import io.rpcenv.internal.dispatch.Inbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An ask of one of this env's own endpoints, as the receiver sees it. */
final class LocalAsk extends AskMessage {

  private static final int QUEUED = 0;
  private static final int HANDLED = 1;
  private static final int RETURNED = 2;

  private static final VarHandle STAGE;

  static {
    try {
      STAGE = MethodHandles.lookup().findVarHandle(LocalAsk.class, "stage", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Class<?> type;

  /** Null once a handler has it, or will never get it: what is left is the asker's or a call's. */
  private @Nullable Object message;

  private final LocalEndpointRef ref;
  private final Asker<?> asker;

  @SuppressWarnings("unused") // through STAGE
  private int stage;

  private LocalAsk(Object message, LocalEndpointRef ref, Asker<?> asker) {
    this.type = message.getClass();
    this.message = message;
    this.ref = ref;
    this.asker = asker;
  }

  /** Makes an ask, with its future. */
  static <R> Asker<R> of(
      Object message,
      LocalEndpointRef ref,
      @Nullable Inbox inbox,
      Class<?> replyType,
      RpcTimeout timeout,
      LocalDeadlines deadlines) {
    return new Asker<>(message, ref, inbox, replyType, timeout, deadlines);
  }

  @Override
  protected Object payload() {
    STAGE.setRelease(this, HANDLED);
    Object payload = Objects.requireNonNull(message, "message");
    message = null;
    return payload;
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    message = null;
    super.rejected(endpoint, reason, cause);
  }

  @Override
  protected void returned() {
    STAGE.setRelease(this, RETURNED);
  }

  private int stage() {
    return (int) STAGE.getAcquire(this);
  }

  @Override
  public String messageClass() {
    return type.getName();
  }

  @Override
  public Origin origin() {
    return Origin.LOCAL;
  }

  @Override
  public Optional<RpcAddress> senderAddress() {
    return ref.address();
  }

  @Override
  protected void answer(@Nullable Object response) {
    asker.end(() -> asker.succeed(response));
  }

  @Override
  protected void answerFailure(Throwable cause) {
    asker.end(() -> asker.fail(Rejections.ofHandler(cause)));
  }

  @Override
  protected void answerRejection(String endpoint, DropReason reason, @Nullable Throwable cause) {
    asker.end(() -> asker.fail(Rejections.of(ref.uri(), reason, cause)));
  }

  /**
   * The future of a local ask.
   *
   * @param <R> the reply
   */
  static final class Asker<R> extends AskFuture<R> {

    private final LocalAsk ask;
    private final LocalDeadlines deadlines;

    /** Null once it has ended: nobody waits for the endpoint any more. */
    private @Nullable Inbox inbox;

    private Asker(
        Object message,
        LocalEndpointRef ref,
        @Nullable Inbox inbox,
        Class<?> replyType,
        RpcTimeout timeout,
        LocalDeadlines deadlines) {
      super(replyType, timeout, System.nanoTime());
      this.ask = new LocalAsk(message, ref, this);
      this.inbox = inbox;
      this.deadlines = deadlines;
    }

    LocalAsk message() {
      return ask;
    }

    private void end(Runnable completion) {
      completion.run();
      deadlines.remove(this);
      inbox = null;
    }

    /** Ends it unposted. */
    Asker<R> refused(RpcException cause) {
      ask.message = null;
      inbox = null;
      fail(cause);
      return this;
    }

    @Override
    public void expired(long nowNanos) {
      ask.askerGone();
      fail(new RpcTimeoutException(timeoutText(nowNanos), true));
      inbox = null;
    }

    /** Returns what makes the text; it refers to nothing that is large or lives on. */
    private Supplier<String> timeoutText(long nowNanos) {
      boolean queued = ask.stage() == QUEUED;
      long millis = TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos());
      String messageClass = ask.messageClass();
      String uri = ask.ref.uri();
      RpcTimeout timeout = timeout();
      return () ->
          timeoutText(
              describe(messageClass, uri),
              millis,
              queued ? "waiting in the inbox" : "being handled or unanswered",
              "this env",
              timeout);
    }

    @Override
    protected void abandoned() {
      ask.askerGone();
      deadlines.remove(this);
      inbox = null;
    }

    @Override
    public @Nullable Inbox target() {
      return ask.stage() == RETURNED ? null : inbox;
    }

    @Override
    protected String describe() {
      return describe(ask.messageClass(), ask.ref.uri());
    }
  }
}
