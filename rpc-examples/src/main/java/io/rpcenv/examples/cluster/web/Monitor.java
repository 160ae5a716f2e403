// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.Ticks;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationStarted;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EventReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReports;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what there is to see of the cluster: takes in what the processes report, looks at the
 * master's state twice a second, and publishes what changed. Lives in the master's process; the
 * master does not know of it.
 */
public final class Monitor extends RpcEndpoint {

  static final String STATE = "state";
  static final String PROCESSES = "processes";
  static final String EVENTS = "events";
  static final String TIME = "time";

  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int EVENTS_IN_FEED = 100;
  private static final int TICKS_PER_TIME = 4;
  private static final int MANY_PROCESSES = 50;

  /** So often, at most, is published what is big. */
  static final long PAUSE_MILLIS = 900;

  private final ClusterControl control;
  private final Feed feed;
  private final LongSupplier clock;
  private final MonitorStore store;
  private long publishedEvents = -1;
  private long publishedStateAt;
  private long publishedProcessesAt;
  private boolean looking;
  private int ticksUntilTime;
  private final Ticks ticks = new Ticks(this::self);

  /** Time to look at the master's state. */
  private record Tick() {}

  /** The master's state, and what to do once it was taken in. */
  private record Seen(ClusterView view, Runnable then) {}

  /** The master did not say. */
  private record Unseen(String why) {}

  /** Somebody in this process wants to know something, with the master's state as it is now. */
  record Query(Function<MonitorStore, Object> question) implements RpcRequest<Object> {}

  /** The same, with what the monitor knows already. */
  record QuickQuery(Function<MonitorStore, Object> question) implements RpcRequest<Object> {}

  /** Somebody wants an application to end, and gives a reason. */
  record KillWanted(String appId, String why) {}

  /**
   * Makes a monitor.
   *
   * @param control where it gets the master's state
   * @param feed where it puts what is new
   * @param clock milliseconds since 1970, usually {@code System::currentTimeMillis}
   */
  Monitor(ClusterControl control, Feed feed, LongSupplier clock) {
    this.control = control;
    this.feed = feed;
    this.clock = clock;
    this.store = new MonitorStore(clock);
  }

  @Override
  public void onStart() {
    ticks.every(TICK, new Tick());
  }

  @Override
  public void onStop() {
    ticks.close();
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Tick) {
      tick();
    } else if (message instanceof Seen m) {
      looking = false;
      store.seen(m.view());
      m.then().run();
      publish();
    } else if (message instanceof Unseen m) {
      looking = false;
      LOG.warn("The master does not tell its state: {}", m.why());
    } else if (message instanceof KillWanted m) {
      store.killWanted(m.appId(), m.why());
    } else if (!takeIn(message)) {
      super.receive(message);
    }
  }

  private boolean takeIn(Object message) {
    if (message instanceof ProcessReport m) {
      store.report(m);
    } else if (message instanceof ProcessEnded m) {
      store.processEnded(m.processId());
    } else if (message instanceof StageReport m) {
      store.report(m);
    } else if (message instanceof TaskReports m) {
      store.report(m);
    } else if (message instanceof ApplicationStarted m) {
      store.applicationStarted(m.appId(), m.name());
    } else if (message instanceof ApplicationEnded m) {
      store.report(m);
    } else if (message instanceof EventReport m) {
      store.report(m);
    } else {
      return false;
    }
    return true;
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Query m) {
      look(
          () -> call.reply(m.question().apply(store)),
          failure -> call.sendFailure(new IllegalStateException(Failures.text(failure))));
    } else if (message instanceof QuickQuery m) {
      call.reply(m.question().apply(store));
    } else {
      super.receiveAndReply(message, call);
    }
  }

  private void tick() {
    if (!looking) {
      looking = true;
      RpcEndpointRef me = self();
      look(() -> {}, failure -> me.send(new Unseen(Failures.text(failure))));
    }
    if (--ticksUntilTime <= 0) {
      ticksUntilTime = TICKS_PER_TIME;
      feed.publish(TIME, clock.getAsLong());
    }
  }

  private void look(Runnable then, Consumer<Throwable> orElse) {
    RpcEndpointRef me = self();
    var unused =
        control
            .state()
            .whenComplete(
                (view, failure) -> {
                  if (failure == null) {
                    me.send(new Seen(view, then));
                  } else {
                    orElse.accept(failure);
                  }
                });
  }

  private void publish() {
    long now = clock.getAsLong();
    Optional<ClusterView> state = store.cluster().map(ClusterView::lean);
    if (state.isPresent() && (!state.get().isBig() || isLongAgo(publishedStateAt, now))) {
      publishedStateAt = now;
      feed.publish(STATE, state.get());
    }
    List<ProcessView> processes = store.processes();
    if (processes.size() <= MANY_PROCESSES || isLongAgo(publishedProcessesAt, now)) {
      publishedProcessesAt = now;
      feed.publish(PROCESSES, processes.stream().map(ProcessView::withoutHistory).toList());
    }
    if (store.events().next() != publishedEvents) {
      publishedEvents = store.events().next();
      feed.publish(EVENTS, store.events().last(EVENTS_IN_FEED));
    }
  }

  private static boolean isLongAgo(long time, long now) {
    return Math.abs(now - time) >= PAUSE_MILLIS;
  }
}
