// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.DropReason;
import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcEnvStoppedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one env, by name, and who runs them: threads that are shared, with other envs
 * perhaps, and those that endpoints have of their own. Thread-safe, without a lock that messages to
 * different endpoints would share.
 */
public final class Dispatcher {

  private final RpcEnv env;
  private final RpcConf conf;
  private final DispatchListener listener;
  private final BiConsumer<RpcEndpoint, Inbox> binder;
  private final EndpointInvoker invoker;
  private final WorkerPool shared;
  private final VirtualRunners virtual;
  private final Optional<InboxScheduler> loops;
  private final ConcurrentMap<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final Set<Inbox> networkListeners = ConcurrentHashMap.newKeySet();
  private final Set<WorkerPool> pools = ConcurrentHashMap.newKeySet();
  private final AtomicInteger live = new AtomicInteger();
  private final CompletableFuture<Void> allStopped = new CompletableFuture<>();
  private final WaitGraph waits = new WaitGraph();
  private volatile boolean stopping;
  private volatile boolean interrupting;
  private volatile boolean ended;

  /**
   * Makes a dispatcher.
   *
   * @param env what endpoints get as their env
   * @param conf capacity of inboxes
   * @param listener told of what happens
   * @param binder binds an endpoint, or throws if it was bound before
   * @param shared runs the endpoints that ask for nothing else; outlives the dispatcher
   * @param loops runs the endpoints that want a network thread; empty without a transport
   */
  public Dispatcher(
      RpcEnv env,
      RpcConf conf,
      DispatchListener listener,
      BiConsumer<RpcEndpoint, Inbox> binder,
      WorkerPool shared,
      Optional<InboxScheduler> loops) {
    this.env = env;
    this.conf = conf;
    this.listener = listener;
    this.binder = binder;
    this.invoker = new EndpointInvoker(listener);
    this.loops = loops;
    this.shared = shared;
    this.virtual = new VirtualRunners(shared);
  }

  String envName() {
    return env.name();
  }

  RpcEnv env() {
    return env;
  }

  WaitGraph waits() {
    return waits;
  }

  /** Returns whether the calling thread works for this dispatcher now, or ever. */
  public boolean inDispatcherThread() {
    Runner runner = Runner.current();
    return runner != null && (runner.isFor(this) || isOwn(runner.host()));
  }

  private boolean isOwn(RunnerHost host) {
    return host == virtual || (host instanceof WorkerPool pool && pools.contains(pool));
  }

  EndpointInvoker invoker() {
    return invoker;
  }

  /**
   * Runs a short task on a shared thread.
   *
   * @param task the task; never blocks, throws nothing
   */
  public void execute(Runnable task) {
    shared.execute(new DispatcherTask(this, task));
  }

  // Endpoints

  /**
   * Registers an endpoint and starts it.
   *
   * @param self its ref, with its name
   * @param endpoint the endpoint
   * @param options how to run it
   * @throws IllegalArgumentException if the name is taken, or this JVM lacks the threads that the
   *     options ask for
   * @throws IllegalStateException if the endpoint was registered before
   * @throws RpcEnvStoppedException if the env is stopping
   */
  public void register(RpcEndpointRef self, RpcEndpoint endpoint, EndpointOptions options) {
    Inbox inbox = newInbox(self, endpoint, options);
    inbox.prepare();
    if (inboxes.putIfAbsent(self.name(), inbox) != null) {
      inbox.scheduler().terminated(); // it may have threads of its own
      throw new IllegalArgumentException(
          "name: " + self.name() + " (expected: a name that no endpoint of this env has)");
    }
    live.incrementAndGet();
    boolean bound = false;
    try {
      binder.accept(endpoint, inbox);
      bound = true;
    } finally {
      if (!bound) {
        abandon(inbox);
      }
    }
    if (NetworkHooks.in(endpoint)) {
      networkListeners.add(inbox);
    }
    inbox.launch();
    if (stopping) {
      stop(inbox);
      throw new RpcEnvStoppedException(envName(), false);
    }
  }

  private void abandon(Inbox inbox) {
    unregister(inbox);
    inbox.abandon();
    inbox.launch();
    inbox.terminated();
  }

  private Inbox newInbox(RpcEndpointRef self, RpcEndpoint endpoint, EndpointOptions options) {
    int capacity = options.inboxCapacity().orElse(conf.get(RpcConfKeys.INBOX_CAPACITY));
    InboxScheduler scheduler = scheduler(self.name(), options);
    return options.parallelism() == 1
        ? new SerialInbox(this, endpoint, self, scheduler, capacity)
        : new ParallelInbox(this, endpoint, self, scheduler, capacity, options.parallelism());
  }

  private InboxScheduler scheduler(String endpoint, EndpointOptions options) {
    if (options.executor() == EndpointExecutor.DEDICATED) {
      // No spares: nobody else waits for these threads.
      WorkerPool own = newPool(endpoint, options.parallelism(), 0);
      return new DedicatedScheduler(own, shared);
    }
    if (options.executor() == EndpointExecutor.VIRTUAL) {
      return virtual.scheduler(VirtualThreads.factory(threadPrefix(endpoint)));
    }
    if (options.executor() == EndpointExecutor.EVENT_LOOP) {
      return loops.orElse(shared);
    }
    return shared;
  }

  private String threadPrefix(String role) {
    return "rpc-" + envName() + "-" + role + "-";
  }

  private WorkerPool newPool(String role, int threads, int maxSpares) {
    WorkerPool pool =
        new WorkerPool(
            threadPrefix(role),
            threads,
            maxSpares,
            conf,
            // The pool that says so is not gone yet: its last thread does. It stays until the next.
            ended -> pools.removeIf(WorkerPool::isGone));
    pools.add(pool);
    return pool;
  }

  /**
   * Returns the inbox of a name.
   *
   * @param name the endpoint's name
   * @return its inbox, or null if no endpoint has that name
   */
  public @Nullable Inbox find(String name) {
    return inboxes.get(name);
  }

  /**
   * Posts a message to an inbox.
   *
   * @param inbox the inbox
   * @param message the message
   * @return null if it was accepted; else why not: the message has not been told
   */
  public @Nullable DropReason post(Inbox inbox, UserMessage message) {
    return post(inbox, message, inbox.scheduler());
  }

  /**
   * Posts one of several messages in a row.
   *
   * @param inbox the inbox
   * @param message the message
   * @param runs holds back the inbox's run until the row has ended
   * @return as {@link #post(Inbox, UserMessage)}
   */
  public @Nullable DropReason post(Inbox inbox, UserMessage message, DeferredRuns runs) {
    DropReason reason = post(inbox, message, (InboxScheduler) runs);
    runs.posted();
    return reason;
  }

  private @Nullable DropReason post(Inbox inbox, UserMessage message, InboxScheduler via) {
    listener.posted(inbox.name(), message);
    return inbox.post(message, via);
  }

  /**
   * Stops an endpoint, once: its name is free from now on, what was accepted is handled.
   *
   * @param inbox its inbox
   */
  public void stop(Inbox inbox) {
    unregister(inbox);
    inbox.requestStop();
  }

  void unregister(Inbox inbox) {
    inboxes.remove(inbox.name(), inbox);
    networkListeners.remove(inbox);
  }

  /** Returns the counters of every registered endpoint. */
  public List<RpcEnvStats.Endpoint> stats() {
    return inboxes.values().stream().map(Inbox::stats).toList();
  }

  // Network events

  /**
   * Tells endpoints with network hooks of a new peer.
   *
   * @param peer its address
   */
  public void connected(RpcAddress peer) {
    networkListeners.forEach(i -> i.postLifecycle(LifecycleMessage.Event.connected(peer)));
  }

  /**
   * Tells endpoints with network hooks that a peer is gone.
   *
   * @param peer its address
   */
  public void disconnected(RpcAddress peer) {
    networkListeners.forEach(i -> i.postLifecycle(LifecycleMessage.Event.disconnected(peer)));
  }

  /**
   * Tells endpoints with network hooks that connecting was given up.
   *
   * @param cause why
   * @param peer the address tried
   */
  public void networkError(Throwable cause, RpcAddress peer) {
    networkListeners.forEach(
        i -> i.postLifecycle(LifecycleMessage.Event.networkError(cause, peer)));
  }

  // The end

  /**
   * Stops every endpoint. Never blocks.
   *
   * @return completes after the last {@code onStop}
   */
  public CompletableFuture<Void> stopAll() {
    stopping = true;
    inboxes.values().forEach(this::stop);
    completeIfAllStopped();
    return allStopped;
  }

  void terminated(Inbox inbox) {
    unregister(inbox);
    live.decrementAndGet();
    completeIfAllStopped();
  }

  private void completeIfAllStopped() {
    if (stopping && live.get() == 0) {
      allStopped.complete(null);
    }
  }

  /** Returns whether an interrupt flag is that of the env's end. */
  boolean isInterrupting() {
    return interrupting;
  }

  /** Returns whether it has ended: what it left behind is of no use any more. */
  boolean hasEnded() {
    return ended;
  }

  /** Interrupts the handlers that are running. */
  public void interruptHandlers() {
    interrupting = true;
    pools.forEach(pool -> pool.interruptRunning(this));
    shared.interruptRunning(this);
    virtual.interruptRunning(this);
    loops.ifPresent(each -> each.interruptRunning(this));
  }

  /** Warns of the handlers that are still running and puts new threads in the place of theirs. */
  public void abandonHandlers() {
    pools.forEach(pool -> pool.abandonRunning(this));
    shared.abandonRunning(this);
    virtual.abandonRunning(this);
    loops.ifPresent(each -> each.abandonRunning(this));
  }

  /**
   * Ends its own threads and waits for them, and for what shared ones do for it; but for those that
   * were left behind.
   *
   * @param nanos how long at most
   * @throws InterruptedException if this thread is interrupted
   */
  public void end(long nanos) throws InterruptedException {
    ended = true;
    pools.forEach(WorkerPool::end);
    for (WorkerPool pool : pools) {
      pool.awaitEnd(nanos);
    }
    virtual.awaitEnd(nanos);
    shared.settle(this, nanos);
  }
}
