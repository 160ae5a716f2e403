// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportLoop;
import io.rpcenv.transport.TransportProvider;
import io.rpcenv.transport.TransportSettings;
import io.rpcenv.transport.TransportThreads;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Joins the memory transports of one test. Hosts do not matter, except that those that end in
 * {@code .invalid} are unknown; ports do. Thread-safe.
 *
 * <p>Faults: {@link #refuse} makes connects fail, {@link #cut} breaks connections with what is
 * under way, {@link #hold} keeps frames back so that connections are no longer writable.
 */
public final class MemoryNetwork {

  private static final int FIRST_FREE_PORT = 20_000;

  private final Map<Integer, MemoryTransport> listeners = new ConcurrentHashMap<>();
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
  private final List<MemoryLink> links = new CopyOnWriteArrayList<>();
  private final AtomicInteger nextPort = new AtomicInteger(FIRST_FREE_PORT);
  private final AtomicInteger serial = new AtomicInteger();
  private final AtomicInteger connects = new AtomicInteger();

  /** Creates a network without transports. */
  public MemoryNetwork() {}

  /** Returns a provider of transports with two threads, or with those of others. */
  public TransportProvider threaded() {
    return new TransportProvider() {
      @Override
      public TransportThreads createThreads(String name, RpcConf conf) {
        return new MemoryThreads(name);
      }

      @Override
      public Transport create(TransportSettings settings, TransportThreads threads) {
        return new MemoryTransport(MemoryNetwork.this, settings, (MemoryThreads) threads);
      }
    };
  }

  /** Refuses connects to a port, or no longer. */
  public void refuse(RpcAddress address, boolean refuse) {
    if (refuse) {
      refused.add(address.port());
    } else {
      refused.remove(address.port());
    }
  }

  /** Breaks every connection that an env has, at both ends; frames under way are lost. */
  public void cut(String envName) {
    links.stream().filter(link -> link.joins(envName)).forEach(MemoryLink::cut);
  }

  /** Breaks an env's own ends; the other ends notice nothing, and get what was written. */
  public void vanish(String envName) {
    links.stream().filter(link -> link.joins(envName)).forEach(link -> link.vanish(envName));
  }

  /** Keeps what comes to an env unread, until it closes the connection. */
  public void pauseReading(String envName) {
    links.stream().filter(link -> link.joins(envName)).forEach(link -> link.pauseReading(envName));
  }

  /** Keeps back what an env writes from now on: its connections become unwritable. */
  public void hold(String envName) {
    links.stream().filter(link -> link.joins(envName)).forEach(link -> link.hold(envName));
  }

  /** Lets go what was kept back, in order. */
  public void release(String envName) {
    links.stream().filter(link -> link.joins(envName)).forEach(link -> link.release(envName));
  }

  /** Returns how many connections an env has. */
  public int connections(String envName) {
    return (int) links.stream().filter(link -> link.joins(envName)).count();
  }

  /** Returns how many connects were tried so far, refused ones included. */
  public int connects() {
    return connects.get();
  }

  /** Returns what is left: names of listening envs and of joined envs. */
  public List<String> leftovers() {
    return java.util.stream.Stream.concat(
            listeners.values().stream().map(t -> "listener of " + t.envName()),
            links.stream().map(MemoryLink::toString))
        .toList();
  }

  int bind(MemoryTransport transport, int port) throws IOException {
    int wanted = port == 0 ? nextPort.getAndIncrement() : port;
    if (listeners.putIfAbsent(wanted, transport) != null) {
      throw new BindException("Address already in use: " + wanted);
    }
    return wanted;
  }

  void unbind(MemoryTransport transport) {
    listeners.values().removeIf(transport::equals);
  }

  /** Finds who listens, or says why nobody does. */
  MemoryTransport resolve(RpcAddress address) throws IOException {
    connects.incrementAndGet();
    if (address.host().endsWith(".invalid")) {
      throw new UnknownHostException(address.host());
    }
    MemoryTransport listener = listeners.get(address.port());
    if (listener == null || !listener.isOpen() || refused.contains(address.port())) {
      throw new ConnectException("Connection refused: " + address);
    }
    return listener;
  }

  MemoryLink link(MemoryTransport from, TransportLoop loop, MemoryTransport to, RpcAddress at) {
    int ephemeral = 40_000 + serial.incrementAndGet() % 20_000;
    RpcAddress clientEnd = RpcAddress.of("127.0.0.1", ephemeral);
    MemoryLink link = new MemoryLink(this, from, loop, clientEnd, to, at);
    links.add(link);
    return link;
  }

  void forget(MemoryLink link) {
    links.remove(link);
  }

  /** Returns the links of a transport. */
  List<MemoryLink> linksOf(MemoryTransport transport) {
    return links.stream().filter(link -> link.joins(transport)).toList();
  }

  /** Returns why two transports do not talk, if so. */
  static Optional<IOException> mismatch(String ours, @Nullable String theirs) {
    return ours.equals(theirs)
        ? Optional.empty()
        : Optional.of(new IOException("serializer: " + theirs + " (expected: " + ours + ")"));
  }
}
