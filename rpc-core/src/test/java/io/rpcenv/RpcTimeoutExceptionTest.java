// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RpcTimeoutExceptionTest {

  private final AtomicInteger made = new AtomicInteger();

  private RpcTimeoutException unread() {
    return new RpcTimeoutException(() -> "text " + made.incrementAndGet(), true);
  }

  @Test
  void textIsMadeOnceAndOnlyIfRead() {
    RpcTimeoutException failure = unread();
    assertThat(made).hasValue(0);

    assertThat(failure).hasMessage("text 1").hasToString(failure.getClass().getName() + ": text 1");
    assertThat(made).hasValue(1);
  }

  @Test
  void unreadTextIsSerialized() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(unread());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      RpcTimeoutException copy = (RpcTimeoutException) in.readObject();

      assertThat(copy).hasMessage("text 1");
      assertThat(copy.mayHaveExecuted()).isTrue();
      assertThat(copy.retriable()).isTrue();
    }
  }

  @Test
  @SuppressWarnings("NullAway") // a careless caller
  void nullIsRefused() {
    assertThatThrownBy(() -> new RpcTimeoutException((Supplier<String>) null, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("message: null (expected: what says what was waited for)");
  }

  @Test
  void stackIsThatOfWhoFillsItIn() {
    RpcTimeoutException failure = unread();
    assertThat(failure.getStackTrace()).isEmpty();

    failure.fillInStackTrace();
    assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("stackIsThatOfWhoFillsItIn");
  }
}
