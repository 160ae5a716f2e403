// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import io.rpcenv.transport.TransportSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Carries frames to other transports of one {@link MemoryNetwork}. */
final class MemoryTransport implements Transport {

  private final MemoryNetwork network;
  private final TransportSettings settings;
  private final MemoryThreads.Loops loops;
  private volatile Optional<RpcAddress> advertised = Optional.empty();
  private volatile boolean ended;

  MemoryTransport(MemoryNetwork network, TransportSettings settings, MemoryThreads threads) {
    this.network = network;
    this.settings = settings;
    this.loops = threads.loops();
  }

  String envName() {
    return settings.envName();
  }

  boolean isOpen() {
    return advertised.isPresent();
  }

  TransportSettings settings() {
    return settings;
  }

  /** What this env says of itself on a connection of which it has that end. */
  PeerInfo info(RpcAddress socketAddress) {
    long max = settings.conf().get(RpcConfKeys.MESSAGE_MAX_SIZE);
    return new PeerInfo(
        settings.envId(), settings.envName(), advertised, socketAddress, Math.toIntExact(max));
  }

  @Override
  public TransportLoop nextLoop() {
    return loops.next();
  }

  @Override
  public int bind(String host, int port) throws IOException {
    return network.bind(this, port);
  }

  @Override
  public void open(RpcAddress address) {
    advertised = Optional.of(address);
  }

  @Override
  public void connect(RpcAddress address, TransportLoop loop, ConnectListener listener) {
    loop.execute(
        () -> {
          try {
            MemoryTransport peer = network.resolve(address);
            Optional<IOException> mismatch =
                MemoryNetwork.mismatch(settings.serializerId(), peer.settings().serializerId());
            if (mismatch.isPresent()) {
              throw mismatch.get();
            }
            MemoryLink link = network.link(this, loop, peer, address);
            link.open(listener);
            closeIfEnded(link);
            peer.closeIfEnded(link);
          } catch (IOException e) {
            listener.failed(e);
          }
        });
  }

  private void closeIfEnded(MemoryLink link) {
    if (ended) {
      link.shutdown(this);
    }
  }

  @Override
  public CompletionStage<Void> shutdown() {
    ended = true;
    network.unbind(this);
    network.linksOf(this).forEach(link -> link.shutdown(this));
    return loops.end();
  }
}
