// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * No answer in time. Its text names peer, endpoint, message class, elapsed time, where the message
 * was stuck, and the configuration key, once. Retriable; may have executed if it was written to the
 * socket before the deadline.
 *
 * <p>A timer makes it, of many asks at once perhaps, whose stack says nothing: none is recorded.
 * One that {@code askSync}, a look-up, {@code openChannel} or {@link RpcTimeout#await} throws has
 * the stack of that call.
 */
public final class RpcTimeoutException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  /** False while the constructor of {@link Throwable} runs. */
  private final transient boolean made;

  /** Makes the text when somebody wants it; null if it came ready made. */
  private final transient @Nullable Supplier<String> source;

  private @Nullable String text;

  /**
   * Creates the failure, without a stack until {@link #fillInStackTrace} is called.
   *
   * @param message what was waited for and what controls the wait, see {@link
   *     RpcTimeout#controlledBy()}
   * @param mayHaveExecuted false only if the message certainly never left this environment
   */
  public RpcTimeoutException(String message, boolean mayHaveExecuted) {
    super(message, null, true, mayHaveExecuted);
    source = null;
    made = true;
  }

  /**
   * Creates the failure without a text: where asks time out by the million, hardly anybody reads
   * them. And without a stack until {@link #fillInStackTrace} is called.
   *
   * @param message says what was waited for and what controls the wait; called on any thread, at
   *     first use, more than once if several use it at once; kept, so it should refer to little
   * @param mayHaveExecuted false only if the message certainly never left this environment
   */
  public RpcTimeoutException(Supplier<String> message, boolean mayHaveExecuted) {
    super(null, null, true, mayHaveExecuted);
    source = Arguments.require("message", message, "what says what was waited for");
    made = true;
  }

  @Override
  public @Nullable String getMessage() {
    String known = text; // read once: others may be writing it
    if (known == null) {
      known = source == null ? super.getMessage() : source.get();
      text = known;
    }
    return known;
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws IOException {
    text = getMessage();
    out.defaultWriteObject();
  }

  /** Records the caller's stack; nothing while this is being made. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return made ? super.fillInStackTrace() : this;
  }
}
