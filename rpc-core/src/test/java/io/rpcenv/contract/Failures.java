// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the outcome of asks. */
public final class Failures {

  private Failures() {}

  /** Waits for the reply. */
  public static <T> T reply(Future<T> ask) throws Exception {
    try {
      return ask.get(Eventually.LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw Eventually.dump("no reply");
    }
  }

  /** Waits for a failure of a type. */
  public static <T extends Throwable> T of(Future<?> ask, Class<T> type) throws Exception {
    Throwable failure = of(ask);
    assertThat(failure).isInstanceOf(type);
    return type.cast(failure);
  }

  /** Waits for a failure. */
  public static Throwable of(Future<?> ask) throws Exception {
    try {
      Object reply = ask.get(Eventually.LIMIT_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("expected a failure but got the reply [" + reply + "]");
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      throw Eventually.dump("the ask has not ended");
    }
  }

  /** Checks a failure against its row of the failure table. */
  public static <T extends RpcException> T row(T failure, boolean retriable, boolean executed) {
    assertThat(failure.retriable()).as("retriable: %s", failure).isEqualTo(retriable);
    assertThat(failure.mayHaveExecuted()).as("mayHaveExecuted: %s", failure).isEqualTo(executed);
    return failure;
  }

  /** Returns the texts of a failure and all its causes. */
  public static String texts(@Nullable Throwable failure) {
    List<String> texts = new ArrayList<>();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      texts.add(t.toString());
    }
    return String.join("\n", texts);
  }

  /** Counts how often a part stands in a text. */
  public static int count(@Nullable String text, String part) {
    return text == null ? 0 : text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
