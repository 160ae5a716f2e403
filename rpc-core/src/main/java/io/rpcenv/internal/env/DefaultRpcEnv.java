// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcFileServer;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcTimeout;
import io.rpcenv.internal.call.AskFuture;
import io.rpcenv.internal.call.LocalDeadlines;
import io.rpcenv.internal.call.WaitGuard;
import io.rpcenv.internal.dispatch.Dispatcher;
import io.rpcenv.internal.dispatch.Inbox;
import io.rpcenv.internal.files.ChannelOpener;
import io.rpcenv.internal.queue.ByteBudget;
import io.rpcenv.serialization.EnvId;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The env: puts the parts together and hands each call to the one that does it. */
public final class DefaultRpcEnv extends RpcEnv {

  private final String name;
  private final RpcConf conf;
  private final Optional<RpcAddress> address;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final EnvEvents events;
  private final LocalDeadlines deadlines;
  private final Dispatcher dispatcher;
  private final LocalPath localPath;
  private final EnvRefs refs;
  private final Optional<RemotePath> remotePath;
  private final Optional<RpcFileServer> fileServer;
  private final Optional<ChannelOpener> channels;
  private final RpcTimeout lookupTimeout;
  private final EnvThreads threads;
  private final Ending ending;

  private DefaultRpcEnv(
      RpcEnvSettings settings, EnvId envId, Optional<Network> network, ThreadsLease lease) {
    name = settings.name();
    conf = settings.conf();
    address = network.flatMap(Network::address);
    lookupTimeout = RpcTimeout.of(conf, RpcConfKeys.LOOKUP_TIMEOUT);
    long warnInterval = conf.get(RpcConfKeys.DROP_WARN_INTERVAL).toNanos();
    events = new EnvEvents(name, settings.listeners(), warnInterval);
    threads = lease.threads();
    deadlines = new LocalDeadlines(threads.timer());
    dispatcher =
        new Dispatcher(this, conf, events, RpcEnv::bind, threads.dispatcher(), threads.loops());
    localPath = new LocalPath(name, envId, address, dispatcher, deadlines, events, stopping::get);
    RpcTimeout askTimeout = RpcTimeout.of(conf, RpcConfKeys.ASK_TIMEOUT);
    refs = new EnvRefs(localPath, askTimeout, this::remotePath);
    remotePath = network.map(n -> connect(settings, envId, n));
    fileServer = network.flatMap(Network::fileServer);
    channels = network.map(n -> new ChannelOpener(name, conf, n.transport()));
    ending =
        new Ending(
            name,
            dispatcher,
            deadlines,
            remotePath.map(RemotePath::peers),
            network,
            lease,
            conf.get(RpcConfKeys.SHUTDOWN_TIMEOUT));
    register(new Verifier(n -> dispatcher.find(n) != null, envId, address), Verifier.NAME);
  }

  /** Puts an env together and lets others in last. */
  static DefaultRpcEnv start(
      RpcEnvSettings settings, EnvId envId, Optional<Network> network, ThreadsLease lease) {
    try {
      DefaultRpcEnv env = new DefaultRpcEnv(settings, envId, network, lease);
      network.ifPresent(n -> n.open(env.remotePath().orElseThrow().peers()));
      return env;
    } catch (RuntimeException | Error e) {
      network.ifPresent(Network::abandon);
      throw e;
    }
  }

  private RemotePath connect(RpcEnvSettings settings, EnvId envId, Network network) {
    int maxSize = Math.toIntExact(conf.get(RpcConfKeys.MESSAGE_MAX_SIZE));
    MessageCodec codec =
        new MessageCodec(network.serializer(), refs, maxSize, settings.classLoader());
    InboundRouter router =
        new InboundRouter(
            dispatcher,
            codec,
            events,
            new ByteBudget(conf.get(RpcConfKeys.INBOUND_MAX_BYTES)),
            new Presence(dispatcher),
            localPath::uri,
            stopping::get);
    Peers peers = new Peers(name, envId, conf, network.transport(), router);
    return new RemotePath(name, peers, codec, deadlines, events, stopping::get);
  }

  private Optional<RemotePath> remotePath() {
    return remotePath;
  }

  static IllegalStateException noTransport(String what) {
    return new IllegalStateException(
        what + " needs a transport (expected: io.rpcenv:rpc-netty on the class path)");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<RpcAddress> address() {
    return address;
  }

  @Override
  public RpcConf conf() {
    return conf;
  }

  // Endpoints

  @Override
  public RpcEndpointRef setupEndpoint(String endpointName, RpcEndpoint endpoint) {
    EnvArguments.require("endpoint", endpoint, "an endpoint");
    return setupEndpoint(endpointName, endpoint, endpoint.options());
  }

  @Override
  public RpcEndpointRef setupEndpoint(
      String endpointName, RpcEndpoint endpoint, EndpointOptions options) {
    EnvArguments.require("endpoint", endpoint, "an endpoint");
    EnvArguments.require("options", options, "how to run the endpoint");
    requireName(endpointName);
    if (endpointName.equals(Verifier.NAME)) {
      throw new IllegalArgumentException(
          "name: " + endpointName + " (expected: a name that is not reserved)");
    }
    requireRunning();
    LocalEndpointRef ref = refs.local(endpointName);
    dispatcher.register(ref, endpoint, options);
    return ref;
  }

  private void register(RpcEndpoint endpoint, String endpointName) {
    dispatcher.register(refs.local(endpointName), endpoint, EndpointOptions.serial());
  }

  private static void requireName(String endpointName) {
    RpcEndpointAddress.ofClient(endpointName);
  }

  private void requireRunning() {
    if (stopping.get()) {
      throw new RpcEnvStoppedException(name, false);
    }
  }

  @Override
  public void stop(RpcEndpointRef ref) {
    EnvArguments.require("ref", ref, "a reference to an endpoint of env [" + name + "]");
    if (!(ref instanceof LocalEndpointRef local) || !local.isOf(localPath)) {
      throw new IllegalArgumentException(
          "ref: " + ref + " (expected: a reference to an endpoint of env [" + name + "])");
    }
    if (ref.name().equals(Verifier.NAME)) {
      throw new IllegalArgumentException(
          "ref: " + ref + " (expected: an endpoint that is not reserved)");
    }
    Inbox inbox = local.localInbox();
    if (inbox != null) {
      dispatcher.stop(inbox);
    }
  }

  // Look-ups

  @Override
  public RpcEndpointRef setupEndpointRef(RpcAddress at, String endpointName) {
    return lookUpSync(RpcEndpointAddress.of(at, endpointName));
  }

  @Override
  public RpcEndpointRef setupEndpointRefByURI(String uri) {
    return lookUpSync(parse(uri));
  }

  @Override
  public RpcFuture<RpcEndpointRef> asyncSetupEndpointRefByURI(String uri) {
    return lookUp(parse(uri));
  }

  private static RpcEndpointAddress parse(String uri) {
    RpcEndpointAddress parsed = RpcEndpointAddress.parse(uri);
    if (parsed.address().isEmpty()) {
      throw new IllegalArgumentException(
          "uri: "
              + uri
              + " (expected: rpc://name@host:port, as only an env that listens is found)");
    }
    return parsed;
  }

  private RpcEndpointRef lookUpSync(RpcEndpointAddress wanted) {
    WaitGuard guard = WaitGuard.enter("look-up of [" + wanted + "]");
    try {
      return AbstractEndpointRef.await(lookUp(wanted));
    } finally {
      guard.end();
    }
  }

  private AskFuture<RpcEndpointRef> lookUp(RpcEndpointAddress wanted) {
    if (stopping.get()) {
      return SettledAsk.failed(new RpcEnvStoppedException(name, false));
    }
    if (refs.isOwn(wanted.address().orElseThrow())) {
      return dispatcher.find(wanted.name()) == null
          ? SettledAsk.failed(new RpcEndpointNotFoundException(wanted.toString()))
          : SettledAsk.succeeded(refs.local(wanted.name()));
    }
    RemotePath path = remotePath.orElseThrow(() -> noTransport("[" + wanted + "]"));
    return Lookup.start(refs, localPath, path, wanted, lookupTimeout);
  }

  // Files

  @Override
  public RpcFileServer fileServer() {
    return fileServer.orElseThrow(
        () ->
            new IllegalStateException(
                "fileServer of env ["
                    + name
                    + "] needs a listener (expected: an env built with listen(host, port))"));
  }

  @Override
  public ReadableByteChannel openChannel(String uri) throws IOException {
    EnvArguments.require("uri", uri, "the URI of a file");
    return channels.orElseThrow(() -> noTransport("openChannel")).open(uri);
  }

  // The end

  @Override
  public void shutdown() {
    if (stopping.compareAndSet(false, true)) {
      channels.ifPresent(ChannelOpener::stop);
      ending.begin();
    }
  }

  @Override
  public void awaitTermination() throws InterruptedException {
    awaitEnd(Long.MAX_VALUE);
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    requireDuration(timeout);
    return awaitEnd(TimeUnit.NANOSECONDS.convert(timeout)); // saturates
  }

  private static void requireDuration(@Nullable Duration timeout) {
    if (timeout == null) {
      throw new IllegalArgumentException("timeout: null (expected: how long to wait)");
    }
  }

  private boolean awaitEnd(long nanos) throws InterruptedException {
    requireForeignThread();
    WaitGuard guard = WaitGuard.enter("awaitTermination of [" + name + "]");
    try {
      return ending.await(nanos);
    } finally {
      guard.end();
    }
  }

  private void requireForeignThread() {
    if (isOwnThread()) {
      throw new IllegalStateException(
          "awaitTermination on thread ["
              + Thread.currentThread().getName()
              + "] would wait for itself (expected: a thread outside the env)");
    }
  }

  private boolean isOwnThread() {
    return dispatcher.inDispatcherThread()
        || threads.isTimerOrNetwork()
        || ending.isThread(Thread.currentThread());
  }

  @Override
  public void close() {
    shutdown();
    if (isOwnThread()) {
      return;
    }
    try {
      awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public RpcEnvStats stats() {
    return new RpcEnvStats(
        dispatcher.stats(),
        remotePath.map(path -> path.peers().stats()).orElse(List.of()),
        events.droppedByReason());
  }
}
