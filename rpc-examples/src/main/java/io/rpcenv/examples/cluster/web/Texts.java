// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

/** Keeps what others say within bounds. */
final class Texts {

  static final int MAX_LENGTH = 300;

  private Texts() {}

  /** Returns the text, or its beginning if it is too long to keep. */
  static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
  }
}
