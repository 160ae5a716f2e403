// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.internal.outbound.AcceptedOutbox;
import io.rpcenv.internal.outbound.DialingOutbox;
import io.rpcenv.internal.outbound.Outbox;
import io.rpcenv.internal.outbound.OutboxHost;
import io.rpcenv.internal.outbound.PathElsewhere;
import io.rpcenv.internal.outbound.PeerLoop;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.RefIdentity;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.PeerInfo;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The paths to other envs: exactly one to each. To an env that listens it is the one to its
 * advertised address; to one that does not, the newest connection that it opened. Thread-safe.
 */
final class Peers implements OutboxHost {

  private final String envName;
  private final EnvId envId;
  private final Transport transport;
  private final DialingOutbox.Settings settings;
  private final InboundRouter router;
  private final ConcurrentMap<RpcAddress, DialingOutbox> dialed = new ConcurrentHashMap<>();
  private final ConcurrentMap<EnvId, InboundConnection> accepted = new ConcurrentHashMap<>();
  private final ConcurrentMap<EnvId, AcceptedOutbox> clients = new ConcurrentHashMap<>();
  private final ConcurrentMap<TransportLoop, PeerLoop> loops = new ConcurrentHashMap<>();

  Peers(String envName, EnvId envId, RpcConf conf, Transport transport, InboundRouter router) {
    this.envName = envName;
    this.envId = envId;
    this.transport = transport;
    this.router = router;
    this.settings =
        new DialingOutbox.Settings(
            conf.get(RpcConfKeys.OUTBOX_MAX_BYTES),
            conf.get(RpcConfKeys.NUM_RETRIES),
            conf.get(RpcConfKeys.RETRY_WAIT));
  }

  /** Returns the path to an endpoint's env; null if it does not listen and is not connected. */
  @Nullable Outbox find(RefIdentity identity) {
    return identity.address().isPresent()
        ? dial(identity.address().get())
        : clients.get(identity.envId());
  }

  /** Returns the path to a listening env; nothing is connected before something is sent. */
  DialingOutbox dial(RpcAddress address) {
    DialingOutbox known = dialed.get(address);
    if (known != null && known.isRetired()) {
      dialed.remove(address, known); // whoever retired it has not come to that yet
      known = null;
    }
    return known != null ? known : dialed.computeIfAbsent(address, this::newPath);
  }

  /** Returns the path in place of one that was retired. */
  Outbox successor(Outbox retired) {
    return dial(retired.address().orElseThrow());
  }

  /**
   * Forgets a path that nobody uses, so that peers that come and go do not add up. One that was
   * found under an alias stays: nobody else knows how its peer is reached.
   */
  @Override
  public void idle(DialingOutbox outbox) {
    RpcAddress address = outbox.dialed();
    boolean alias =
        outbox.known().filter(k -> !k.equals(address) && dialed.get(k) == outbox).isPresent();
    if (!alias && outbox.retireIfIdle()) {
      dialed.remove(address, outbox);
    }
  }

  private DialingOutbox newPath(RpcAddress address) {
    return new DialingOutbox(address, peerLoop(transport.nextLoop()), transport, this, settings);
  }

  private PeerLoop peerLoop(TransportLoop loop) {
    return loops.computeIfAbsent(loop, PeerLoop::new);
  }

  // Connections that this env opens

  @Override
  public Optional<PathElsewhere> admit(DialingOutbox outbox, PeerInfo peer) {
    if (peer.envId().equals(envId)) {
      return Optional.of(PathElsewhere.myself());
    }
    RpcAddress advertised = peer.displayAddress();
    if (!outbox.leadsTo(advertised)) {
      return Optional.of(PathElsewhere.at(advertised));
    }
    DialingOutbox there = dialed.putIfAbsent(advertised, outbox);
    return there == null || there == outbox
        ? Optional.empty()
        : Optional.of(PathElsewhere.at(advertised));
  }

  @Override
  public void opened(Outbox outbox, Connection connection) {
    new InboundConnection(router, connection, outbox).start();
  }

  @Override
  public void gaveUp(DialingOutbox outbox, Throwable cause) {
    if (!isStopping()) {
      router.dispatcher().networkError(cause, outbox.dialed());
    }
  }

  // Connections that others open

  /** Takes a new connection, on its loop; an older one of the same env is read to its end first. */
  void accepted(Connection connection) {
    PeerInfo peer = connection.peer();
    AcceptedOutbox outbox =
        new AcceptedOutbox(peerLoop(connection.loop()), this, settings.maxBytes(), peer);
    InboundConnection inbound = new InboundConnection(router, connection, outbox);
    InboundConnection before = accepted.put(peer.envId(), inbound);
    if (before == null) {
      start(connection, outbox, inbound);
    } else {
      before.close("env [" + peer.envName() + "] has opened a new connection");
      inbound
          .after(before)
          .thenRun(() -> connection.loop().execute(() -> start(connection, outbox, inbound)));
    }
  }

  private void start(Connection connection, AcceptedOutbox outbox, InboundConnection inbound) {
    if (inbound.whenClosed().isDone()) {
      return; // a still newer connection took its place while it waited
    }
    EnvId peer = connection.peer().envId();
    inbound.start();
    outbox.start(connection);
    if (connection.peer().address().isEmpty()) {
      clients.put(peer, outbox);
    }
    inbound
        .whenClosed()
        .thenRun(
            () -> {
              accepted.remove(peer, inbound);
              clients.remove(peer, outbox);
            });
  }

  @Override
  public void dropped(String endpoint, String messageClass, DropReason reason) {
    router.events().dropped(endpoint, messageClass, Origin.LOCAL, reason);
  }

  @Override
  public boolean isStopping() {
    return router.stopping().getAsBoolean();
  }

  @Override
  public RpcException stopped() {
    return new RpcEnvStoppedException(envName, false);
  }

  private Stream<Outbox> all() {
    return Stream.concat(
        dialed.values().stream().distinct(),
        accepted.values().stream().map(InboundConnection::outbox));
  }

  List<RpcEnvStats.Peer> stats() {
    return Stream.<Outbox>concat(dialed.values().stream().distinct(), clients.values().stream())
        .map(Outbox::stats)
        .toList();
  }

  /** Fails this env's asks; what handlers answer still goes out. */
  void stopAsking() {
    RpcException written = new RpcEnvStoppedException(envName, true);
    all().forEach(outbox -> outbox.stopAsking(written));
  }

  /** Returns what completes when everything put on its way so far was given to the sockets. */
  CompletableFuture<Void> drained() {
    return CompletableFuture.allOf(all().map(Outbox::drained).toArray(CompletableFuture<?>[]::new));
  }

  /** Ends the paths that this env opened: nothing is connected any more. */
  void close() {
    dialed.values().forEach(DialingOutbox::close);
  }

  /** Ends what came too late, after the loops have ended. */
  void discardRest() {
    all().forEach(Outbox::discardRest);
  }
}
