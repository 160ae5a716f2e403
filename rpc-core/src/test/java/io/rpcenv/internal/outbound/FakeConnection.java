// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.testing.memory.StepLoop;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Target;
import io.rpcenv.transport.TransportLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that notes what is done to it and takes as many writes as it has room for. */
public final class FakeConnection implements Connection {

  public final List<String> log = new ArrayList<>();
  int room = Integer.MAX_VALUE;
  boolean broken;
  boolean withdraws;
  private final PeerInfo peer;
  private final StepLoop loop;
  private @Nullable ConnectionHandler handler;

  public FakeConnection(PeerInfo peer, StepLoop loop) {
    this.peer = peer;
    this.loop = loop;
  }

  /** Returns what was written and forgets it. */
  List<String> takeLog() {
    List<String> taken = List.copyOf(log);
    log.clear();
    return taken;
  }

  /** Returns who reads it, if it was started. */
  public @Nullable ConnectionHandler handler() {
    return handler;
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
  public void start(ConnectionHandler reader) {
    handler = reader;
  }

  @Override
  public boolean isWritable() {
    return room > 0;
  }

  @Override
  public void writeOneWay(Target target, EncodedMessage message) {
    write("send " + message.messageClass().name() + " to " + target.name(), message);
  }

  @Override
  public void writeRequest(long callId, Target target, EncodedMessage message) {
    write("ask " + callId + " " + message.messageClass().name() + " to " + target.name(), message);
  }

  @Override
  public void writeReply(long callId, EncodedMessage message) {
    write("reply " + callId + " " + message.messageClass().name(), message);
  }

  private void write(String entry, EncodedMessage message) {
    message.body().release();
    note(entry);
    if (broken) {
      throw new IllegalStateException("broken");
    }
  }

  @Override
  public void writeFailure(long callId, byte[] failure) {
    note("failure " + callId + " of " + failure.length);
  }

  private void note(String entry) {
    log.add(entry);
    room--;
  }

  @Override
  public boolean writeCancel(long callId) {
    log.add("cancel " + callId);
    return withdraws;
  }

  @Override
  public void flush() {
    log.add("flush");
  }

  @Override
  public void close(String reason) {
    log.add("close: " + reason);
  }
}
