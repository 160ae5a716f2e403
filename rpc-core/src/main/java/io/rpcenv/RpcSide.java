// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/** Which of two environments is meant, as the one that reports it sees it. */
public enum RpcSide {
  /** This environment. */
  LOCAL("local"),
  /** The environment at the other end of the connection. */
  PEER("peer");

  private final String text;

  RpcSide(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
