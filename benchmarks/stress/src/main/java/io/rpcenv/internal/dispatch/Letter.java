// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message that counts what becomes of it, in plain fields: the hand-off must make them seen. */
final class Letter extends UserMessage {

  int refused;
  private int handled;
  private int rejected;
  private int failed;

  static Letter[] several(int count) {
    return Stream.generate(Letter::new).limit(count).toArray(Letter[]::new);
  }

  /**
   * Returns what became of all of them, or of the first that fared otherwise than the one before.
   */
  static String fateOfAll(Letter[] letters) {
    String fate = letters[0].fate();
    for (Letter letter : letters) {
      if (!letter.fate().equals(fate)) {
        return "handled".equals(fate) ? letter.fate() : fate;
      }
    }
    return fate;
  }

  /** Returns what became of it, in one word if that is right. */
  String fate() {
    if (handled + refused + rejected != 1 || failed != 0) {
      return handled + refused + rejected + failed == 0 ? "lost" : "ended twice";
    } else if (handled == 1) {
      return "handled";
    }
    return refused == 1 ? "refused" : "rejected";
  }

  @Override
  protected Object payload() {
    return this;
  }

  @Override
  public String messageClass() {
    return "Letter";
  }

  @Override
  public RpcEnvListener.Kind kind() {
    return RpcEnvListener.Kind.ONE_WAY;
  }

  @Override
  public RpcEnvListener.Origin origin() {
    return RpcEnvListener.Origin.LOCAL;
  }

  @Override
  protected void deliver(RpcEndpoint endpoint, Object payload) throws Exception {
    handled++;
    endpoint.receive(payload);
  }

  @Override
  protected void failed(Throwable cause) {
    failed++;
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    rejected++;
  }
}
