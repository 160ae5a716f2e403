// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;

/**
 * Gets what comes on one connection. Every method runs on the connection's loop. A transport ends
 * each row of callbacks for messages with {@link #readEnd}.
 */
public interface ConnectionHandler {

  /**
   * A class was announced by the peer.
   *
   * @param announced the class
   */
  void classDefined(MessageClass announced);

  /**
   * A message came that is not answered.
   *
   * @param endpoint the endpoint's name
   * @param messageClass the message's own class
   * @param body the bytes; taken over, valid beyond this call
   */
  void oneWay(String endpoint, MessageClass messageClass, MessageBody body);

  /**
   * A message came that is to be answered.
   *
   * @param callId names the call on this connection
   * @param endpoint the endpoint's name
   * @param messageClass the message's own class
   * @param body the bytes; taken over, valid beyond this call
   */
  void request(long callId, String endpoint, MessageClass messageClass, MessageBody body);

  /**
   * A reply came.
   *
   * @param callId as given to {@link Connection#writeRequest}
   * @param messageClass the reply's class
   * @param body the bytes; if {@code transientBody} they are valid only during this call and not to
   *     be released, else taken over
   * @param transientBody whether the bytes lie in the receive buffer
   */
  void reply(long callId, MessageClass messageClass, MessageBody body, boolean transientBody);

  /**
   * A failure came.
   *
   * @param callId as given to {@link Connection#writeRequest}
   * @param failure the encoded failure
   */
  void failure(long callId, byte[] failure);

  /**
   * The peer no longer waits for an answer.
   *
   * @param callId as in {@link #request}
   */
  void cancel(long callId);

  /**
   * Runs after the callbacks for what was read in one go, however that ended: messages may be held
   * back until then.
   */
  void readEnd();

  /**
   * Bytes of a message that comes in pieces have come, and are about to be kept. The default keeps
   * them.
   *
   * @param bytes how many
   * @param reply whether it is a reply, which is always kept
   * @return whether to keep them; if not, what came of this message so far is given up, its other
   *     bytes are skipped, and it is told once by {@link #refusedOneWay} or {@link #refusedRequest}
   */
  default boolean arriving(int bytes, boolean reply) {
    return true;
  }

  /**
   * The bytes told by {@link #arriving} belong to nobody any more: their message is complete and
   * follows at once, or was given up.
   */
  default void arrivingEnded() {}

  /**
   * A one-way message was given up because {@link #arriving} said so.
   *
   * @param endpoint the endpoint's name
   * @param messageClass the message's own class
   */
  default void refusedOneWay(String endpoint, MessageClass messageClass) {}

  /**
   * A request was given up because {@link #arriving} said so.
   *
   * @param callId names the call on this connection
   * @param endpoint the endpoint's name
   * @param messageClass the message's own class
   */
  default void refusedRequest(long callId, String endpoint, MessageClass messageClass) {}

  /** The socket takes more again. */
  void writable();

  /**
   * A one-way message that was written comes back: nothing of it was given to the socket. Only
   * between the end of the connection and {@link #closed}, in the order written. The default
   * releases it.
   *
   * @param target as given to {@link Connection#writeOneWay}
   * @param message the message; taken over
   */
  default void unsentOneWay(Target target, EncodedMessage message) {
    message.body().release();
  }

  /**
   * A request that was written comes back: nothing of it was given to the socket. Only between the
   * end of the connection and {@link #closed}, in the order written. The default releases it.
   *
   * @param callId as given to {@link Connection#writeRequest}
   * @param target as given to {@link Connection#writeRequest}
   * @param message the message; taken over
   */
  default void unsentRequest(long callId, Target target, EncodedMessage message) {
    message.body().release();
  }

  /**
   * The connection is gone. Last, exactly once.
   *
   * @param cause why, ready to be shown
   */
  void closed(Throwable cause);
}
