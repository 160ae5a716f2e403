// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.ha.HighAvailability;
import io.rpcenv.examples.cluster.ha.LeaderElection;
import io.rpcenv.examples.cluster.protocol.ApplicationState;
import io.rpcenv.examples.cluster.protocol.DriverStatusResponse;
import io.rpcenv.examples.cluster.protocol.KillResponse;
import io.rpcenv.examples.cluster.protocol.MasterInStandby;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DecommissionWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.DriverStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ExecutorStateChanged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.Heartbeat;
import io.rpcenv.examples.cluster.protocol.MasterMessage.KillApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.MasterChangeAcknowledged;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.ReplaceExecutor;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestDriverStatus;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestKillDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestSubmitDriver;
import io.rpcenv.examples.cluster.protocol.MasterMessage.UnregisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerSchedulerStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterMessage.WorkerWork;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse;
import io.rpcenv.examples.cluster.protocol.RegisterWorkerResponse.RegisteredWorker;
import io.rpcenv.examples.cluster.protocol.SubmitDriverResponse;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lists of workers, applications and drivers while it leads, and brings them together.
 *
 * <p>It begins in standby, where it knows nothing of the cluster and says so. When it is elected,
 * it begins an epoch and reads what its predecessor left; if that is anything, it is recovering
 * until all have answered or their time is up, and gives out nothing new meanwhile. When it leads
 * no longer, or can no longer write its state, it has come to its end: it never goes back.
 */
public final class Master extends RpcEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Master.class);
  private static final KillResponse NOT_LEADING =
      new KillResponse(false, "this master does not lead");

  private final MasterSettings settings;
  private final LongSupplier nanoClock;
  private final HighAvailability availability;
  private final Consumer<String> onRevoked;
  private final MasterStore store;
  private Optional<Leadership> leadership = Optional.empty();
  private boolean revoked;
  private final Ticks ticks = new Ticks(this::self);

  /** What a master has while it leads. */
  private record Leadership(Cluster cluster, Recovery recovery) {}

  /**
   * Makes a master that leads at once and forgets everything when it ends.
   *
   * @param settings how it behaves
   * @param nanoClock what it measures silence with, usually {@code System::nanoTime}
   */
  public Master(MasterSettings settings, LongSupplier nanoClock) {
    this(settings, nanoClock, HighAvailability.none(), why -> {});
  }

  /**
   * Makes a master.
   *
   * @param settings how it behaves
   * @param nanoClock what it measures silence with, usually {@code System::nanoTime}
   * @param availability where it keeps its state, and when it leads; not closed here
   * @param onRevoked told why, once, when it leads no longer: the process should end. Runs on the
   *     endpoint's thread.
   */
  public Master(
      MasterSettings settings,
      LongSupplier nanoClock,
      HighAvailability availability,
      Consumer<String> onRevoked) {
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.availability = availability;
    this.onRevoked = onRevoked;
    this.store = new MasterStore(availability.store());
  }

  @Override
  public void onStart() {
    ticks.every(settings.heartbeatInterval(), new MasterSelf.CheckForWorkerTimeOut());
    if (availability.election().start(new Candidate(self()))) {
      lead();
    } else {
      LOG.info("This master is in standby");
    }
  }

  /** Takes the election's word, from whatever thread, to the endpoint's. */
  private record Candidate(RpcEndpointRef me) implements LeaderElection.Candidate {

    @Override
    public void elected() {
      me.send(new MasterSelf.ElectedLeader());
    }

    @Override
    public void revoked(String why) {
      me.send(new MasterSelf.RevokedLeadership(why));
    }
  }

  @Override
  public void onStop() {
    ticks.close();
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof MasterSelf m) {
      ownMessage(m);
    } else if (message instanceof MasterMessage m) {
      leadership.ifPresent(leading -> receive(leading, m));
    } else {
      super.receive(message);
    }
  }

  private void ownMessage(MasterSelf message) {
    if (message instanceof MasterSelf.ElectedLeader) {
      lead();
    } else if (message instanceof MasterSelf.RevokedLeadership m) {
      end(m.why());
    } else {
      leadership.ifPresent(leading -> ownMessage(leading, message));
    }
  }

  private void ownMessage(Leadership leading, MasterSelf message) {
    Recovery recovery = leading.recovery();
    long now = nanoClock.getAsLong();
    if (message instanceof MasterSelf.CheckForWorkerTimeOut) {
      if (recovery.isComplete()) {
        leading.cluster().checkTimeOuts();
        recovery.lookAgain(now, rpcEnv());
        leading.cluster().schedule();
      }
    } else if (message instanceof MasterSelf.WorkerFound m) {
      recovery.found(m.record(), m.worker(), now);
    } else if (message instanceof MasterSelf.WorkerLost m) {
      recovery.workerLost(m.id());
    } else if (message instanceof MasterSelf.ApplicationFound m) {
      recovery.found(m.record(), m.client(), m.driver());
    } else if (message instanceof MasterSelf.ApplicationLost m) {
      recovery.applicationLost(m.id(), m.why());
    } else if (message instanceof MasterSelf.CompleteRecovery) {
      completeRecovery(leading);
    }
    completeRecoveryIfPossible(leading);
  }

  private void receive(Leadership leading, MasterMessage message) {
    Cluster cluster = leading.cluster();
    if (message instanceof Heartbeat m) {
      cluster.heartbeat(m);
      return; // so frequent, and of no consequence for anybody else
    } else if (message instanceof WorkerSchedulerStateResponse m) {
      takeIn(leading, m.id(), m.work(), false);
    } else if (message instanceof MasterChangeAcknowledged m) {
      leading.recovery().acknowledged(m.appId());
    } else if (message instanceof ExecutorStateChanged m) {
      cluster.executorStateChanged(m);
    } else if (message instanceof ReplaceExecutor m) {
      cluster.replaceExecutor(m);
    } else if (message instanceof DriverStateChanged m) {
      cluster.drivers().stateChanged(m);
    } else if (message instanceof UnregisterApplication m) {
      cluster.removeApplication(m.appId(), ApplicationState.FINISHED, "it has finished");
    }
    completeRecoveryIfPossible(leading);
    schedule(leading);
  }

  private void takeIn(Leadership leading, String workerId, WorkerWork work, boolean isNew) {
    WorkerInfo worker = leading.cluster().workers().get(workerId);
    if (worker != null) {
      boolean inherits = isNew || worker.state() == WorkerState.UNKNOWN;
      worker.isThere(nanoClock.getAsLong());
      leading.cluster().takeIn(worker, work, inherits, leading.recovery()::mayExist);
    }
  }

  private RegisterWorkerResponse register(Leadership leading, RegisterWorker m) {
    if (leading.recovery().waitsForAnother(m)) {
      return new MasterInStandby(); // it may ask again when it is known whether the old one lives
    }
    RegisterWorkerResponse response = leading.cluster().registerWorker(m);
    if (response instanceof RegisteredWorker registered) {
      takeIn(leading, m.id(), m.work(), !registered.duplicate());
    }
    return response;
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (!(message instanceof MasterMessage m)) {
      super.receiveAndReply(message, call);
    } else if (leadership.isPresent()) {
      Leadership leading = leadership.get();
      call.reply(answer(leading, m));
      completeRecoveryIfPossible(leading);
      schedule(leading);
    } else {
      call.reply(answerInStandby(m));
    }
  }

  private Object answer(Leadership leading, MasterMessage message) {
    Cluster cluster = leading.cluster();
    if (message instanceof RegisterWorker m) {
      return register(leading, m);
    } else if (message instanceof RegisterApplication m) {
      return cluster.registerApplication(m);
    } else if (message instanceof KillApplication m) {
      return cluster.killApplication(m.appId());
    } else if (message instanceof DecommissionWorker m) {
      return cluster.decommission(m.workerId());
    } else if (message instanceof RequestSubmitDriver m) {
      return cluster.drivers().submit(m.description());
    } else if (message instanceof RequestKillDriver m) {
      return cluster.drivers().kill(m.driverId());
    } else if (message instanceof RequestDriverStatus m) {
      return new DriverStatusResponse(status(leading), cluster.drivers().find(m.driverId()));
    } else if (message instanceof RequestMasterState) {
      return cluster.state(status(leading));
    }
    throw new IllegalArgumentException("message: " + message + " (expected: a question)");
  }

  private static Object answerInStandby(MasterMessage message) {
    if (message instanceof RegisterWorker || message instanceof RegisterApplication) {
      return new MasterInStandby();
    } else if (message instanceof RequestSubmitDriver) {
      return new SubmitDriverResponse(false, "", NOT_LEADING.message());
    } else if (message instanceof RequestDriverStatus) {
      return new DriverStatusResponse(MasterStatus.STANDBY, Optional.empty());
    } else if (message instanceof RequestMasterState) {
      return new MasterStateResponse(
          MasterStatus.STANDBY, 0, List.of(), List.of(), List.of(), List.of(), List.of());
    }
    return NOT_LEADING;
  }

  private static MasterStatus status(Leadership leading) {
    return leading.recovery().isComplete() ? MasterStatus.ALIVE : MasterStatus.RECOVERING;
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    leadership.ifPresent(
        leading -> {
          leading.cluster().disconnected(peer);
          completeRecoveryIfPossible(leading);
          schedule(leading);
        });
  }

  /** A master whose state cannot be written must not lead: its successor would not know of it. */
  @Override
  public void onError(Throwable cause) throws Exception {
    if (cause instanceof UncheckedIOException) {
      end("its state cannot be kept: " + cause.getMessage());
    } else {
      super.onError(cause);
    }
  }

  private void lead() {
    if (revoked) {
      return;
    }
    long epoch = store.beginEpoch();
    MasterStore.Recovered left = store.read();
    Cluster cluster = new Cluster(epoch, self(), settings, nanoClock, store);
    Recovery recovery = new Recovery(cluster, store, self());
    leadership = Optional.of(new Leadership(cluster, recovery));
    LOG.info("This master leads, in epoch {}", epoch);
    recovery.begin(left, rpcEnv());
    if (left.isEmpty()) {
      recovery.complete(nanoClock.getAsLong());
    } else {
      ticks.after(settings.recoveryTimeout(), new MasterSelf.CompleteRecovery());
      completeRecoveryIfPossible(leadership.get());
    }
  }

  private void completeRecoveryIfPossible(Leadership leading) {
    if (!leading.recovery().isComplete() && leading.recovery().hasEverybody()) {
      completeRecovery(leading);
    }
  }

  private void completeRecovery(Leadership leading) {
    if (!leading.recovery().isComplete()) {
      leading.recovery().complete(nanoClock.getAsLong());
      schedule(leading);
    }
  }

  private static void schedule(Leadership leading) {
    if (leading.recovery().isComplete()) {
      leading.cluster().schedule();
    }
  }

  private void end(String why) {
    leadership = Optional.empty();
    if (!revoked) {
      revoked = true;
      LOG.error("This master leads no longer: {}", why);
      onRevoked.accept(why);
    }
  }
}
