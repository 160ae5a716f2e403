// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.env.SystemMessage.CheckExistence;
import io.rpcenv.internal.env.SystemMessage.Existence;
import io.rpcenv.internal.outbound.PathElsewhere;
import io.rpcenv.internal.outbound.Route;
import io.rpcenv.serialization.RefIdentity;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds an endpoint: asks the verifier of the env at an address. The reference that comes out of it
 * carries the address that the env advertises, however it was dialled.
 */
final class Lookup extends OuterAsk<RpcEndpointRef> {

  /** How often an env may turn out to be known by another address. */
  private static final int MAX_HOPS = 4;

  private final EnvRefs refs;
  private final RemotePath path;
  private final LocalPath local;
  private final RpcEndpointAddress wanted;
  private final long startNanos = System.nanoTime();
  private int hops; // one look-up is asked by one thread after another

  private Lookup(
      EnvRefs refs,
      LocalPath local,
      RemotePath path,
      RpcEndpointAddress wanted,
      RpcTimeout timeout) {
    super(RpcEndpointRef.class, timeout, "look-up of [" + wanted + "]");
    this.refs = refs;
    this.local = local;
    this.path = path;
    this.wanted = wanted;
  }

  /** Begins to look up an endpoint of another env. */
  static Lookup start(
      EnvRefs refs,
      LocalPath local,
      RemotePath path,
      RpcEndpointAddress wanted,
      RpcTimeout timeout) {
    Lookup lookup = new Lookup(refs, local, path, wanted, timeout);
    lookup.ask(wanted.address().orElseThrow());
    return lookup;
  }

  private void ask(RpcAddress address) {
    Duration left = timeout().duration().minusNanos(System.nanoTime() - startNanos);
    if (++hops > MAX_HOPS || left.isNegative() || left.isZero()) {
      fail(
          new RpcConnectionException(
              "[" + wanted + "] was not found: led from address to address, [" + address + "] last",
              null,
              false));
      return;
    }
    AskFuture<Existence> ask =
        path.ask(
            Route.over(path.peers().dial(address), Verifier.NAME),
            RpcEndpointAddress.of(address, Verifier.NAME).toString(),
            new CheckExistence(wanted.name()),
            Existence.class,
            new RpcTimeout(left, timeout().key(), timeout().origin()));
    under(ask);
    ask.whenComplete((existence, failure) -> ended(address, existence, failure));
  }

  private void ended(RpcAddress asked, @Nullable Existence existence, @Nullable Throwable failure) {
    if (existence != null) {
      found(asked, existence);
    } else if (failure != null && failure.getCause() instanceof PathElsewhere elsewhere) {
      goOn(asked, elsewhere.other(), failure);
    } else if (failure != null) {
      fail(failure);
    }
  }

  private void found(RpcAddress asked, Existence existence) {
    if (!existence.exists()) {
      fail(new RpcEndpointNotFoundException(wanted.toString()));
      return;
    }
    Optional<RpcAddress> address = Optional.of(existence.address().orElse(asked));
    succeed(refs.resolve(new RefIdentity(existence.envId(), address, wanted.name())));
  }

  private void goOn(RpcAddress asked, Optional<RpcAddress> other, Throwable failure) {
    if (other.isEmpty()) {
      findLocally();
    } else if (other.get().equals(asked)) {
      fail(failure);
    } else {
      ask(other.get());
    }
  }

  private void findLocally() {
    if (local.dispatcher().find(wanted.name()) == null) {
      fail(new RpcEndpointNotFoundException(wanted.toString()));
    } else {
      succeed(refs.local(wanted.name()));
    }
  }
}
