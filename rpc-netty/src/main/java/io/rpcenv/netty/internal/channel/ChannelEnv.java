// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.netty.internal.codec.HandshakeFrame.Hello;
import io.rpcenv.netty.internal.codec.WireFormat;
import io.rpcenv.transport.TransportSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections of one transport share. Thread-safe. */
public final class ChannelEnv {

  private final TransportSettings settings;
  private final Executor openers;
  private final FilePieces pieces;
  private final PeerLog log;
  private final int maxMessageSize;
  private final int chunkSize;
  private final Duration handshakeTimeout;
  private final AtomicLong serials = new AtomicLong();
  private volatile Optional<RpcAddress> advertised = Optional.empty();

  /**
   * Creates it, reading the configuration once.
   *
   * @param settings the env's
   * @param openers opens files; may block, and refuse
   * @param pieces how files are sent where nothing forbids it
   */
  public ChannelEnv(TransportSettings settings, Executor openers, FilePieces pieces) {
    this.settings = settings;
    this.openers = openers;
    this.pieces = pieces;
    this.log = new PeerLog(settings.envName(), System::nanoTime);
    this.maxMessageSize = Math.toIntExact(settings.conf().get(RpcConfKeys.MESSAGE_MAX_SIZE));
    this.chunkSize = Math.toIntExact(settings.conf().get(RpcConfKeys.CHUNK_SIZE));
    this.handshakeTimeout = settings.conf().get(RpcConfKeys.HANDSHAKE_TIMEOUT);
  }

  /** Sets the address that later handshakes carry. */
  public void advertise(RpcAddress address) {
    advertised = Optional.of(address);
  }

  TransportSettings settings() {
    return settings;
  }

  Executor openers() {
    return openers;
  }

  /** Returns how files are sent; the one place that decides. */
  FilePieces pieces() {
    return pieces;
  }

  PeerLog log() {
    return log;
  }

  int maxMessageSize() {
    return maxMessageSize;
  }

  int chunkSize() {
    return chunkSize;
  }

  Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  long nextSerial() {
    return serials.incrementAndGet();
  }

  Hello hello(int purpose) {
    return new Hello(
        WireFormat.VERSION_MIN,
        WireFormat.VERSION_MAX,
        purpose,
        settings.envId(),
        settings.envName(),
        advertised,
        maxMessageSize,
        settings.serializerId(),
        0);
  }
}
