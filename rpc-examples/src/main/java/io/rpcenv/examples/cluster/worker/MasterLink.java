// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's line to the master that leads: finds it, follows it, and knows whose orders count.
 * Owned by the worker's endpoint, except for {@link #refusedOrders()}.
 *
 * <p>Whatever a master says comes with its epoch. The highest one seen so far counts; a master of a
 * lower one was deposed.
 */
final class MasterLink {

  private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);
  private static final Duration REGISTER_TIMEOUT = Duration.ofSeconds(10);

  private final WorkerSettings settings;
  private final Backoff backoff;
  private final long incarnation;
  private final AtomicLong refusedOrders = new AtomicLong();
  private State state = State.REGISTERING;
  private Optional<RpcEndpointRef> master = Optional.empty();
  private long epoch;
  private int round;
  private int pending;
  private int failures;

  private enum State {
    /** An attempt to register is under way. */
    REGISTERING,
    /** The master knows us; {@code master} is set. */
    REGISTERED,
    /** The next attempt is due in a while. */
    PAUSING
  }

  /** What one master said to an attempt; the worker tells itself, to go on in its own time. */
  sealed interface Attempt {
    record Answered(int round, RegisterWorkerResponse response) implements Attempt {}

    record Failed(int round, String why) implements Attempt {}
  }

  MasterLink(WorkerSettings settings) {
    Random random = new Random();
    this.settings = settings;
    this.backoff = new Backoff(settings.quickPause(), settings.slowPause(), random);
    this.incarnation = random.nextLong();
  }

  Optional<RpcEndpointRef> master() {
    return master;
  }

  long refusedOrders() {
    return refusedOrders.get();
  }

  /** Returns whether what comes with an epoch is to be refused; takes note of a higher one. */
  boolean isDeposed(long masterEpoch, Object what) {
    if (masterEpoch < epoch) {
      refusedOrders.incrementAndGet();
      LOG.warn("Refused, for its master was deposed (epoch {} now): [{}]", epoch, what);
      return true;
    }
    epoch = masterEpoch;
    return false;
  }

  /** Returns whether an attempt to register is under way, and it is this one. */
  boolean isInRound(int number) {
    return state == State.REGISTERING && number == round;
  }

  boolean isPausing() {
    return state == State.PAUSING;
  }

  /** Asks all masters, because only one of them leads and nobody knows which. Does not block. */
  void register(RpcEnv env, RpcEndpointRef me, String files, WorkerWork work) {
    state = State.REGISTERING;
    round++;
    pending = settings.masters().size();
    RegisterWorker request =
        new RegisterWorker(
            settings.id(), incarnation, me, settings.cores(), settings.memory(), files, work);
    settings.masters().forEach(address -> ask(address, request, env));
  }

  private void ask(RpcAddress address, RegisterWorker request, RpcEnv env) {
    int thisRound = round;
    String uri = RpcEndpointAddress.of(address, MasterMessage.ENDPOINT).toString();
    var unused =
        env.asyncSetupEndpointRefByURI(uri)
            .thenCompose(found -> found.ask(request, REGISTER_TIMEOUT))
            .toCompletableFuture()
            .orTimeout(REGISTER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) // the search, too
            .whenComplete(
                (response, failure) ->
                    request
                        .worker()
                        .send(
                            failure == null
                                ? new Attempt.Answered(thisRound, response)
                                : new Attempt.Failed(
                                    thisRound, address + ": " + Failures.text(failure))));
  }

  /** Takes in that a master said yes; returns whether that counts. */
  boolean accepts(RegisteredWorker answer) {
    if (isDeposed(answer.epoch(), answer)) {
      return false;
    }
    follow(answer.master());
    return true;
  }

  void follow(RpcEndpointRef newMaster) {
    state = State.REGISTERED;
    master = Optional.of(newMaster);
    failures = 0;
  }

  /** Takes in that one master did not say yes; returns whether none did, and none will. */
  boolean roundHasFailed(int ofRound, String why) {
    if (!isInRound(ofRound) || --pending > 0) {
      return false;
    }
    failures++;
    LOG.info("Attempt {} to register failed: {}", failures, why);
    return true;
  }

  /** Takes in that the master is gone; returns whether there was one. */
  boolean lost(String why) {
    if (state != State.REGISTERED) {
      return false;
    }
    LOG.warn("Worker [{}] lost the master: {}", settings.id(), why);
    return true;
  }

  /** Returns how long to wait before the next attempt; empty if it is time to give up. */
  Optional<Duration> pause() {
    state = State.PAUSING;
    master = Optional.empty();
    return backoff.pauseAfter(failures);
  }

  int failures() {
    return failures;
  }
}
