// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.DriverState;
import io.rpcenv.examples.cluster.protocol.DriverStatusResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestDriverStatus;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestKillDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestSubmitDriver;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.DriverSummary;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.SubmitDriverResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Submits a driver to the cluster and follows it: until it has really started, or until its end.
 * When the master changes, it goes on with the new one.
 */
public final class ClientEndpoint extends RpcEndpoint {

  /** Its name. */
  public static final String ENDPOINT = "client";

  private static final Duration POLL_INTERVAL = Duration.ofMillis(300);

  private final Masters masters;
  private final Duration patience;
  private final DriverDescription driver;
  private final Predicate<DriverState> isDone;
  private final Consumer<DriverSummary> onChange;
  private final CompletableFuture<DriverSummary> result = new CompletableFuture<>();
  private RpcEndpointRef master;
  private String driverId = "";
  private long heardAt = System.nanoTime();
  private boolean withdrawn;
  private Optional<DriverState> last = Optional.empty();
  private final Ticks ticks = new Ticks(this::self);

  private sealed interface Step {
    record Submitted(SubmitDriverResponse response) implements Step {}

    record Failed(String why) implements Step {}

    record Poll() implements Step {}

    record Polled(DriverStatusResponse response) implements Step {}

    record NotPolled() implements Step {}

    record Withdraw() implements Step {}

    record MasterFound(Optional<Masters.Leader> leader) implements Step {}
  }

  /**
   * Makes a client.
   *
   * @param masters where to find a new master
   * @param patience for how long it looks for one
   * @param master the one that leads now
   * @param driver what to submit
   * @param isDone in which states of the driver the client is done
   * @param onChange told of each new state of the driver, on the endpoint's thread
   */
  public ClientEndpoint(
      Masters masters,
      Duration patience,
      RpcEndpointRef master,
      DriverDescription driver,
      Predicate<DriverState> isDone,
      Consumer<DriverSummary> onChange) {
    this.masters = masters;
    this.patience = patience;
    this.master = master;
    this.driver = driver;
    this.isDone = isDone;
    this.onChange = onChange;
  }

  /** Returns the driver when the client is done; a {@link CommandException} if that cannot be. */
  public CompletableFuture<DriverSummary> result() {
    return result.copy();
  }

  /**
   * Asks for the end of the driver, which {@link #result()} then tells; if the client is done, that
   * stands. May be called on any thread once the endpoint is there.
   */
  public void withdraw() {
    self().send(new Step.Withdraw());
  }

  @Override
  public void onStart() {
    RpcEndpointRef me = self();
    var unused =
        master
            .ask(new RequestSubmitDriver(driver))
            .whenComplete(
                (response, failure) ->
                    me.send(
                        failure == null
                            ? new Step.Submitted(response)
                            : new Step.Failed(Failures.text(failure))));
  }

  @Override
  public void onStop() {
    ticks.close();
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Step.Submitted m) {
      submitted(m.response());
    } else if (message instanceof Step.Failed m) {
      fail("the master did not take the driver: " + m.why());
    } else if (message instanceof Step.Poll) {
      poll();
    } else if (message instanceof Step.Polled m) {
      polled(m.response());
    } else if (message instanceof Step.NotPolled) {
      findMaster();
    } else if (message instanceof Step.MasterFound m) {
      found(m.leader());
    } else if (message instanceof Step.Withdraw) {
      if (!result.isDone()) {
        withdrawn = true;
        kill();
      }
    } else {
      super.receive(message);
    }
  }

  private void submitted(SubmitDriverResponse response) {
    if (response.success()) {
      driverId = response.driverId();
      poll();
    } else {
      fail("the master did not take the driver: " + response.message());
    }
  }

  private void poll() {
    RpcEndpointRef me = self();
    var unused =
        master
            .ask(new RequestDriverStatus(driverId))
            .whenComplete(
                (response, failure) ->
                    me.send(failure == null ? new Step.Polled(response) : new Step.NotPolled()));
  }

  private void polled(DriverStatusResponse response) {
    heardAt = System.nanoTime();
    if (response.driver().isPresent()) {
      DriverSummary summary = response.driver().get();
      if (!last.equals(Optional.of(summary.state()))) {
        last = Optional.of(summary.state());
        onChange.accept(summary);
      }
      if (summary.state().isFinished() || (!withdrawn && isDone.test(summary.state()))) {
        result.complete(summary);
      } else {
        pollSoon();
      }
    } else if (response.status() == MasterStatus.STANDBY) {
      findMaster();
    } else {
      fail("the master knows nothing of driver " + driverId + " any more");
    }
  }

  private void pollSoon() {
    soon(new Step.Poll());
  }

  private void soon(Step step) {
    ticks.after(POLL_INTERVAL, step);
  }

  private void kill() {
    if (driverId.isEmpty()) {
      soon(new Step.Withdraw()); // it has no name yet
    } else {
      var unused = master.ask(new RequestKillDriver(driverId));
    }
  }

  private void findMaster() {
    RpcEndpointRef me = self();
    var unused = masters.find().thenAccept(leader -> me.send(new Step.MasterFound(leader)));
  }

  private void found(Optional<Masters.Leader> leader) {
    leader.ifPresent(found -> master = found.ref());
    if (leader.isEmpty() && System.nanoTime() - heardAt > patience.toNanos()) {
      fail("no master has led for " + patience.toSeconds() + " s; " + driverId + " may still run");
    } else {
      pollSoon();
    }
  }

  private void fail(String why) {
    result.completeExceptionally(new CommandException(ExitCode.UNREACHABLE, why));
  }
}
