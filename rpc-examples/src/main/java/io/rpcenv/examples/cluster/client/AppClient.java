// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ApplicationRemoved;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorAdded;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorExpired;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorUpdated;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.MasterChanged;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.Notice;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.StopAppClient;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.WorkerRemoved;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRefused;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRegistered;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.MasterChangeAcknowledged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ReplaceExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.UnregisterApplication;
import io.rpcenv.examples.cluster.protocol.RegisterApplicationResponse;
import io.rpcenv.examples.cluster.protocol.RegisteredApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers an application with the master when it starts, and takes it off in the end. What the
 * master reports in between goes to the driver. A master that does not answer may just have died:
 * then it looks for another one. A master that had taken the application nevertheless takes it
 * again, as the same.
 */
public final class AppClient extends RpcEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(AppClient.class);

  private static final Duration REGISTER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final ApplicationDescription description;
  private final Line line;
  private final RpcEndpointRef driver;
  private Optional<RegisteredApplication> registered = Optional.empty();
  private final List<ReplaceExecutor> expired = new ArrayList<>();
  private long epoch;
  private long triedSince;
  private final Ticks ticks = new Ticks(this::self);

  /**
   * How a client reaches masters.
   *
   * @param first the one that leads now
   * @param next finds the one that leads by then
   * @param patience for how long it tries
   */
  public record Line(
      RpcEndpointRef first,
      Supplier<CompletionStage<Optional<RpcEndpointRef>>> next,
      Duration patience) {

    /** Returns the line to a master that has to take the application at once. */
    public static Line only(RpcEndpointRef master) {
      return new Line(
          master, () -> CompletableFuture.completedFuture(Optional.of(master)), Duration.ZERO);
    }
  }

  /** How far the registration is, which the client tells itself. */
  private sealed interface Step {
    record Answered(RegisterApplicationResponse response) implements Step {}

    record Failed(String why) implements Step {}

    record LookAgain() implements Step {}

    record Found(RpcEndpointRef master) implements Step {}
  }

  /**
   * Makes the client of one application.
   *
   * @param description what the application wants
   * @param line where to register it; later on it follows whoever leads
   * @param driver who is told about executors
   */
  public AppClient(ApplicationDescription description, Line line, RpcEndpointRef driver) {
    this.description = description;
    this.line = line;
    this.driver = driver;
  }

  @Override
  public void onStart() {
    triedSince = System.nanoTime();
    register(line.first());
  }

  @Override
  public void onStop() {
    ticks.close();
  }

  private void register(RpcEndpointRef master) {
    RpcEndpointRef me = self();
    var unused =
        master
            .ask(new RegisterApplication(description, me, driver), REGISTER_TIMEOUT)
            .whenComplete(
                (response, failure) ->
                    me.send(
                        failure == null
                            ? new Step.Answered(response)
                            : new Step.Failed(Failures.text(failure))));
  }

  private void step(Step step) {
    if (step instanceof Step.Answered m) {
      answered(m.response());
    } else if (step instanceof Step.Failed m) {
      notTaken(m.why());
    } else if (step instanceof Step.LookAgain) {
      look();
    } else if (step instanceof Step.Found m) {
      register(m.master());
    }
  }

  private void notTaken(String why) {
    if (System.nanoTime() - triedSince >= line.patience().toNanos()) {
      driver.send(new ApplicationRefused("the master did not take it: " + why));
    } else {
      LOG.info("Not registered yet: {}", why);
      ticks.after(PAUSE, new Step.LookAgain());
    }
  }

  private void look() {
    RpcEndpointRef me = self();
    var unused =
        line.next()
            .get()
            .whenComplete(
                (found, failure) ->
                    me.send(
                        failure == null && found.isPresent()
                            ? new Step.Found(found.get())
                            : new Step.Failed("none leads")));
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Step m) {
      step(m);
    } else if (message instanceof ExecutorExpired m) {
      expired(m);
    } else if (!(message instanceof Notice notice)) {
      super.receive(message);
    } else if (isDeposed(notice.epoch())) {
      LOG.warn("Not heeded, for its master was deposed (epoch {} now): [{}]", epoch, notice);
    } else {
      heed(notice);
    }
  }

  /** It may hang, so it is not asked to end: its worker kills it. */
  private void expired(ExecutorExpired m) {
    driver.send(new RemoveExecutor(m.executor(), m.reason()));
    ReplaceExecutor order = new ReplaceExecutor(m.executor(), m.reason());
    expired.add(order);
    registered.ifPresent(r -> r.master().send(order));
  }

  /** A master that was deposed may not know it yet; the highest epoch counts. */
  private boolean isDeposed(long masterEpoch) {
    epoch = Math.max(epoch, masterEpoch);
    return masterEpoch < epoch;
  }

  private void heed(Notice notice) {
    if (notice instanceof MasterChanged m) {
      masterChanged(m);
    } else if (notice instanceof ExecutorAdded m) {
      LOG.info("Executor [{}] is coming on worker [{}]", m.executor(), m.workerId());
    } else if (notice instanceof ExecutorUpdated m) {
      if (m.state().isFinished()) {
        driver.send(new RemoveExecutor(m.executor(), m.state() + ": " + m.message()));
      }
    } else if (notice instanceof WorkerRemoved m) {
      driver.send(new RemoveWorker(m.workerId(), m.message()));
    } else if (notice instanceof ApplicationRemoved m) {
      driver.send(new ApplicationEnded(m.end(), "the master gave up on it: " + m.message()));
    }
  }

  private void answered(RegisterApplicationResponse response) {
    if (response instanceof RegisteredApplication m && !isDeposed(m.epoch())) {
      registered = Optional.of(m);
      LOG.info("Registered as application [{}]", m.appId());
      driver.send(new ApplicationRegistered(m.appId()));
    } else {
      notTaken("it leads no longer");
    }
  }

  private void masterChanged(MasterChanged m) {
    if (registered.isEmpty()) {
      LOG.warn("The master changed before this application was registered");
      return;
    }
    String appId = registered.get().appId();
    LOG.info("Application [{}] follows the new master at {}", appId, m.master().address());
    registered = Optional.of(new RegisteredApplication(appId, m.master(), m.epoch()));
    m.master().send(new MasterChangeAcknowledged(appId));
    expired.forEach(m.master()::send); // the one before may not have done it
  }

  /** Executors and driver talk without the master, so a job goes on with what it has. */
  @Override
  public void onDisconnected(RpcAddress peer) {
    if (registered.flatMap(r -> r.master().address()).filter(peer::equals).isPresent()) {
      LOG.warn(
          "The master at {} is gone; going on with the executors that are there, until another leads",
          peer);
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof StopAppClient) {
      registered.ifPresent(r -> r.master().send(new UnregisterApplication(r.appId())));
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }
}
