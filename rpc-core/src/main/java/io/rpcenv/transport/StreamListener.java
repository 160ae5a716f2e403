// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

/**
 * Gets what becomes of one {@link Transport#openStream}. Every method runs on a loop; exactly one
 * of {@link #begun}, {@link #missing} and {@link #failed} does.
 */
public interface StreamListener {

  /**
   * There is a connection, and the file was asked for.
   *
   * @param input to be closed by whoever gets it
   */
  void connected(StreamInput input);

  /**
   * The file is there and on its way.
   *
   * @param length how many bytes will come
   */
  void begun(long length);

  /** The other env serves no such file. */
  void missing();

  /**
   * There will be nothing to read.
   *
   * @param cause why, ready to be shown
   */
  void failed(Throwable cause);

  /** After a poll that took nothing: there is something to take, or an end to be seen. */
  void readable();
}
