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
import java.util.concurrent.atomic.AtomicLong;

/** What all connections of one transport share. Thread-safe. */
public final class ChannelEnv {

  private final TransportSettings settings;
  private final PeerLog log;
  private final int maxMessageSize;
  private final int chunkSize;
  private final Duration handshakeTimeout;
  private final AtomicLong serials = new AtomicLong();
  private volatile Optional<RpcAddress> advertised = Optional.empty();

  /** Creates it, reading the configuration once. */
  public ChannelEnv(TransportSettings settings) {
    this.settings = settings;
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

  Hello hello() {
    return new Hello(
        WireFormat.VERSION_MIN,
        WireFormat.VERSION_MAX,
        WireFormat.PURPOSE_MESSAGES,
        settings.envId(),
        settings.envName(),
        advertised,
        maxMessageSize,
        settings.serializerId(),
        0);
  }
}
