// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/** Which way a message goes: towards a handler, or back from it. */
public enum RpcDirection {
  /** From the caller to an endpoint: what was asked or sent. */
  REQUEST("request"),
  /** From an endpoint back to the caller: its answer. */
  REPLY("reply");

  private final String text;

  RpcDirection(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
