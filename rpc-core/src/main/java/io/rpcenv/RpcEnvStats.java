// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of an env's counters, each since the env started. Counters are read one after another
 * while work goes on, so sums may be off by what happened meanwhile.
 *
 * @param endpoints one entry per registered endpoint, by name
 * @param peers one entry per env that this env is connected to or has something to say to; what it
 *     counted goes with it
 * @param dropped one-way messages that were lost, by reason; those that reached an endpoint's inbox
 *     are in that endpoint's entry, too
 */
public record RpcEnvStats(
    List<Endpoint> endpoints, List<Peer> peers, Map<DropReason, Long> dropped) {

  /**
   * Makes a snapshot.
   *
   * @param endpoints copied
   * @param peers copied
   * @param dropped copied
   */
  public RpcEnvStats {
    endpoints = List.copyOf(endpoints);
    peers = List.copyOf(peers);
    dropped = Map.copyOf(dropped);
  }

  /**
   * One endpoint's counters, in messages.
   *
   * @param name the endpoint's name
   * @param depth waiting; what is being handled does not count
   * @param posted accepted into the inbox or refused
   * @param handled given to the endpoint
   * @param failed given to the endpoint and thrown out of it
   * @param dropped refused, asks included, by reason
   */
  public record Endpoint(
      String name,
      int depth,
      long posted,
      long handled,
      long failed,
      Map<DropReason, Long> dropped) {

    /**
     * Makes a snapshot.
     *
     * @param name the endpoint's name
     * @param depth waiting; what is being handled does not count
     * @param posted accepted into the inbox or refused
     * @param handled given to the endpoint
     * @param failed given to the endpoint and thrown out of it
     * @param dropped copied
     */
    public Endpoint {
      dropped = Map.copyOf(dropped);
    }
  }

  /**
   * One path to another env.
   *
   * @param address the address it is reached at; empty for an env without a listener
   * @param description address, or env name and socket address
   * @param connected whether there is a connection now
   * @param queuedMessages messages waiting for the socket
   * @param queuedBytes bytes of those
   * @param pendingAsks asks written and unanswered
   * @param writtenBytes bytes of message bodies given to the socket
   */
  public record Peer(
      Optional<RpcAddress> address,
      String description,
      boolean connected,
      long queuedMessages,
      long queuedBytes,
      long pendingAsks,
      long writtenBytes) {}
}
