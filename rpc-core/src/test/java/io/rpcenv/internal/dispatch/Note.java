// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEnvListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that is a text; one that begins with "undecodable" has no payload. */
class Note extends UserMessage {

  private final String text;
  private final List<String> log;

  Note(String text, List<String> log) {
    this.text = text;
    this.log = log;
  }

  @Override
  protected Object payload() {
    if (text.startsWith("undecodable")) {
      throw new IllegalStateException(text);
    } else if (text.startsWith("deadly")) {
      throw new StackOverflowError(text);
    }
    return text;
  }

  @Override
  public String messageClass() {
    return "Note";
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
    endpoint.receive(payload);
  }

  @Override
  protected void failed(Throwable cause) {
    log.add("failed " + text + ": " + cause.getMessage());
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    log.add(
        "rejected "
            + text
            + " for "
            + endpoint
            + ": "
            + reason
            + (cause == null ? "" : " as " + cause.getMessage()));
  }
}
