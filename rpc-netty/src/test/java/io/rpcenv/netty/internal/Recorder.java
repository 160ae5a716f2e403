// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import io.rpcenv.serialization.MessageBody;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.ConnectionHandler;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down what comes on a connection, one line each, and releases it. */
class Recorder implements ConnectionHandler {

  final Connection connection;
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  Recorder(Connection connection) {
    this.connection = connection;
  }

  /** Waits for the next event. */
  String next() throws InterruptedException {
    String event = events.poll(20, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  /** Runs a step with the connection on its loop, then flushes. */
  void write(Runnable step) throws Exception {
    TestEnv.on(
        connection.loop(),
        () -> {
          step.run();
          connection.flush();
        });
  }

  @Override
  public void classDefined(MessageClass announced) {
    events.add("class " + announced.id() + " " + announced.name());
  }

  @Override
  public void oneWay(String endpoint, MessageClass messageClass, MessageBody body) {
    events.add("oneWay " + endpoint + " " + messageClass.name() + " " + text(body));
    body.release();
  }

  @Override
  public void request(long callId, String endpoint, MessageClass messageClass, MessageBody body) {
    events.add("request " + callId + " " + endpoint + " " + messageClass.name() + " " + text(body));
    body.release();
  }

  @Override
  public void reply(
      long callId, MessageClass messageClass, MessageBody body, boolean transientBody) {
    events.add("reply " + callId + " " + messageClass.name() + " " + text(body));
    if (!transientBody) {
      body.release();
    }
  }

  @Override
  public void failure(long callId, byte[] failure) {
    events.add("failure " + callId + " " + text(MessageBody.ofArray(failure)));
  }

  @Override
  public void readEnd() {}

  @Override
  public void cancel(long callId) {
    events.add("cancel " + callId);
  }

  @Override
  public void writable() {
    events.add("writable");
  }

  @Override
  public void closed(Throwable cause) {
    events.add("closed " + cause.getMessage());
  }

  /** Returns a short text of bytes that differs when they differ. */
  static String text(byte[] bytes) {
    return bytes.length + ":" + Arrays.hashCode(bytes);
  }

  static String text(MessageBody body) {
    byte[] bytes = new byte[body.size()];
    ByteBuffer all = ByteBuffer.wrap(bytes);
    body.segments().forEach(all::put);
    return text(bytes);
  }
}
