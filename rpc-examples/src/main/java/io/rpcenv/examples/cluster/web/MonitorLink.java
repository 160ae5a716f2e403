// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import java.util.Optional;

/** The line to the monitor of one master, which is looked for until it is there. For one thread. */
final class MonitorLink {

  private static final int TICKS_PER_FAILURE = 5;
  private static final int MAX_TICKS = 50;

  private final RpcAddress master;
  private Optional<RpcEndpointRef> monitor = Optional.empty();
  private boolean lookingUp;
  private int failures;
  private int ticksUntilLookup;

  /** The end of a search for the monitor of {@code master}; no ref if there is none. */
  record LookedUp(RpcAddress master, Optional<RpcEndpointRef> monitor) {}

  MonitorLink(RpcAddress master) {
    this.master = master;
  }

  Optional<RpcEndpointRef> monitor() {
    return monitor;
  }

  /** Looks for the monitor, if it is time to; {@code me} is told of the end. Does not block. */
  void lookUp(RpcEnv env, RpcEndpointRef me) {
    if (monitor.isPresent() || lookingUp || --ticksUntilLookup > 0) {
      return;
    }
    lookingUp = true;
    String uri = RpcEndpointAddress.of(master, MonitorMessage.ENDPOINT).toString();
    var unused =
        env.asyncSetupEndpointRefByURI(uri)
            .whenComplete(
                (ref, failure) -> me.send(new LookedUp(master, Optional.ofNullable(ref))));
  }

  /** Takes in the end of a search; returns whether it is this link's, and found the monitor. */
  boolean found(LookedUp m) {
    if (!m.master().equals(master)) {
      return false;
    }
    lookingUp = false;
    monitor = m.monitor();
    failures = monitor.isPresent() ? 0 : failures + 1;
    ticksUntilLookup = Math.min(failures * TICKS_PER_FAILURE, MAX_TICKS);
    return monitor.isPresent();
  }

  /** Another process is gone: perhaps this master's. */
  void disconnected(RpcAddress peer) {
    if (peer.equals(master)) {
      monitor = Optional.empty();
    }
  }
}
