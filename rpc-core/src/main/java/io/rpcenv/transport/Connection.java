// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import io.rpcenv.serialization.EncodedMessage;

/**
 * One established connection. Confined to its loop: every method is called there, and every
 * callback runs there.
 *
 * <p>The {@code write} methods take ownership of the message's body and release it when its bytes
 * have been copied or have left, also when the connection is gone. What was written goes out in the
 * order written, except that a large message lets others pass where that cannot be noticed; {@link
 * #flush()} ends a batch. Classes and endpoint names are announced as needed.
 */
public interface Connection {

  /** Returns what the peer said of itself. */
  PeerInfo peer();

  /** Returns the loop that this connection belongs to. */
  TransportLoop loop();

  /**
   * Begins to read frames and makes the connection count for the peer. Once. Runs {@link
   * ConnectionHandler} methods from then on, never before this method returns.
   *
   * @param handler gets what comes
   */
  void start(ConnectionHandler handler);

  /**
   * Returns whether the socket takes more without piling up; {@link ConnectionHandler#writable}
   * tells.
   */
  boolean isWritable();

  /**
   * Writes a message that is not answered.
   *
   * @param target the endpoint
   * @param message the message; taken over
   */
  void writeOneWay(Target target, EncodedMessage message);

  /**
   * Writes a message that is to be answered.
   *
   * @param callId names the call on this connection and in this direction, positive
   * @param target the endpoint
   * @param message the message; taken over
   */
  void writeRequest(long callId, Target target, EncodedMessage message);

  /**
   * Writes the answer to a request that came on this connection.
   *
   * @param callId as in the request
   * @param message the reply; taken over
   */
  void writeReply(long callId, EncodedMessage message);

  /**
   * Writes the failure of a request that came on this connection.
   *
   * @param callId as in the request
   * @param failure the encoded failure, at most 64 KiB; not copied
   */
  void writeFailure(long callId, byte[] failure);

  /**
   * Tells the peer that nobody waits for a call's answer any more. If the request is still being
   * transferred in pieces the transfer is given up.
   *
   * @param callId as in the request
   * @return whether the peer can never handle the request, as it had not been given to the socket
   *     in whole
   */
  boolean writeCancel(long callId);

  /** Gives what was written to the socket. */
  void flush();

  /**
   * Closes the connection; {@link ConnectionHandler#closed} follows, unless it was never started.
   * What was read before is still handed over first.
   *
   * @param reason for the log
   */
  void close(String reason);
}
