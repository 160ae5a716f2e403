// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcFileServer;
import io.rpcenv.internal.files.DefaultFileServer;
import io.rpcenv.internal.files.FileRegistry;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerProvider;
import io.rpcenv.serialization.SerializerSettings;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportProvider;
import io.rpcenv.transport.TransportSettings;
import io.rpcenv.transport.TransportThreads;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What an env needs to talk to others: its transport, bound if it listens, and its serializer.
 *
 * @param transport the transport
 * @param serializer the serializer
 * @param address the address to advertise; empty in client mode
 * @param acceptor completed with who takes accepted connections, before there are any
 * @param files what is served
 */
record Network(
    Transport transport,
    Serializer serializer,
    Optional<RpcAddress> address,
    CompletableFuture<Peers> acceptor,
    FileRegistry files) {

  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "*");

  /** Starts the transport and binds it; nobody is let in yet. */
  static Network open(
      RpcEnvSettings settings,
      EnvId envId,
      TransportProvider transports,
      TransportThreads threads,
      SerializerProvider serializers) {
    requireAdvertisable(settings);
    Serializer serializer = serializers.create(serializerSettings(settings));
    try {
      return open(settings, envId, transports, threads, serializer);
    } catch (RuntimeException | Error e) {
      serializer.close();
      throw e;
    }
  }

  private static SerializerSettings serializerSettings(RpcEnvSettings settings) {
    return new SerializerSettings(
        settings.conf(),
        MessageTypes.of(settings.messages(), settings.conf().get(RpcConfKeys.SERIALIZER_ALLOW)),
        settings.classLoader());
  }

  private static Network open(
      RpcEnvSettings settings,
      EnvId envId,
      TransportProvider transports,
      TransportThreads threads,
      Serializer serializer) {
    CompletableFuture<Peers> acceptor = new CompletableFuture<>();
    FileRegistry files = new FileRegistry();
    Transport transport =
        transports.create(
            new TransportSettings(
                settings.name(),
                envId,
                settings.conf(),
                serializer.id(),
                id -> SystemMessage.byId(id).orElseGet(() -> serializer.messageClass(id)),
                connection -> accept(acceptor, connection),
                files),
            threads);
    try {
      return new Network(transport, serializer, bind(settings, transport), acceptor, files);
    } catch (RuntimeException | Error e) {
      transport.shutdown();
      throw e;
    }
  }

  private static void accept(CompletableFuture<Peers> acceptor, Connection connection) {
    acceptor.join().accepted(connection);
  }

  private static Optional<RpcAddress> bind(RpcEnvSettings settings, Transport transport) {
    PortBinder binder = new PortBinder(settings.conf().get(RpcConfKeys.PORT_MAX_RETRIES));
    Optional<RpcAddress> bound = settings.listen().map(listen -> binder.bind(transport, listen));
    return settings.advertise().or(() -> bound);
  }

  /** A wildcard tells others nothing (SPARK-58748). */
  private static void requireAdvertisable(RpcEnvSettings settings) {
    settings
        .advertise()
        .map(RpcAddress::host)
        .or(() -> settings.listen().map(RpcEnvSettings.Listen::host))
        .filter(WILDCARDS::contains)
        .ifPresent(
            host -> {
              throw new IllegalArgumentException(
                  "advertise: " + host + " (expected: a host that others can reach this env at)");
            });
  }

  /** Returns the server of the env's files; empty in client mode. */
  Optional<RpcFileServer> fileServer() {
    return address.map(own -> new DefaultFileServer(own, files));
  }

  /** Ends what was opened: there will be no env. */
  void abandon() {
    transport.shutdown();
    serializer.close();
  }

  /** Lets others in. */
  void open(Peers peers) {
    acceptor.complete(peers);
    address.ifPresent(transport::open);
  }
}
