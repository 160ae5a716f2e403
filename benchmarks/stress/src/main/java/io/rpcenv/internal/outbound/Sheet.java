// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.TransportLoop;

/** A connection that keeps what is written as decimal digits. Confined to the loop. */
final class Sheet implements Connection {

  private final PeerInfo peer;
  private final TransportLoop loop;
  private int written;
  private int flushed;

  Sheet(PeerInfo peer, TransportLoop loop) {
    this.peer = peer;
    this.loop = loop;
  }

  /**
   * Returns the numbers of the messages in the order written; negative if some were not flushed.
   */
  int written() {
    return written == flushed ? written : -written;
  }

  @Override
  public PeerInfo peer() {
    return peer;
  }

  @Override
  public TransportLoop loop() {
    return loop;
  }

  @Override
  public void start(ConnectionHandler handler) {
    throw new IllegalStateException("nothing is read here");
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void writeOneWay(Target target, EncodedMessage message) {
    written = written * 10 + message.highestClassId();
  }

  @Override
  public void writeRequest(long callId, Target target, EncodedMessage message) {
    throw new IllegalStateException("nothing is asked here");
  }

  @Override
  public void writeReply(long callId, EncodedMessage message) {
    throw new IllegalStateException("nothing is answered here");
  }

  @Override
  public void writeFailure(long callId, byte[] failure) {
    throw new IllegalStateException("nothing is answered here");
  }

  @Override
  public boolean writeCancel(long callId) {
    throw new IllegalStateException("nothing is asked here");
  }

  @Override
  public void flush() {
    flushed = written;
  }

  @Override
  public void close(String reason) {}
}
