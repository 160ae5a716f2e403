// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcEnvListener;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcThreads;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The envs of one test. A server and a client are opened when first asked for; others by {@link
 * #env}. Closing ends all of them and fails if a thread, a queued message or a pending ask is left.
 */
public final class Lab implements AutoCloseable {

  private static final Duration END = Duration.ofSeconds(20);
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Wiring wiring;
  private final Map<RpcEnv, Watcher> envs = new LinkedHashMap<>();
  private final List<Gate> gates = new ArrayList<>();
  private final Map<String, String> serverConf = new LinkedHashMap<>();
  private final Map<String, String> clientConf = new LinkedHashMap<>();
  private final List<Class<?>> messages = new ArrayList<>();
  private @Nullable RpcEnv server;
  private @Nullable RpcEnv client;

  Lab(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Sets a key for both the server and the client, which are not opened yet. */
  public Lab conf(String key, String value) {
    return serverConf(key, value).clientConf(key, value);
  }

  /** Sets a key for the server, which is not opened yet. */
  public Lab serverConf(String key, String value) {
    assertThat(server).as("server is open").isNull();
    serverConf.put(key, value);
    return this;
  }

  /** Sets a key for the client, which is not opened yet. */
  public Lab clientConf(String key, String value) {
    assertThat(client).as("client is open").isNull();
    clientConf.put(key, value);
    return this;
  }

  /** Allows more message classes in every env that is not opened yet. */
  public Lab messages(Class<?>... classes) {
    messages.addAll(List.of(classes));
    return this;
  }

  /** Returns the server. */
  public RpcEnv server() {
    if (server == null) {
      Spec spec = env("server").conf(serverConf);
      server = remote() ? spec.listen(0).open() : spec.conf(clientConf).open();
    }
    return server;
  }

  /** Returns the client, which has no listener; in-process the server. */
  public RpcEnv client() {
    if (client == null) {
      client = remote() ? env("client").conf(clientConf).open() : server();
    }
    return client;
  }

  /** Returns whether server and client are two envs. */
  public boolean remote() {
    return wiring.remote();
  }

  /** Registers an endpoint at the server and returns the client's ref to it. */
  public RpcEndpointRef host(String name, RpcEndpoint endpoint) {
    return seenFromClient(server().setupEndpoint(name, endpoint));
  }

  /** Registers an endpoint at the server and returns the client's ref to it. */
  public RpcEndpointRef host(String name, RpcEndpoint endpoint, EndpointOptions options) {
    return seenFromClient(server().setupEndpoint(name, endpoint, options));
  }

  private RpcEndpointRef seenFromClient(RpcEndpointRef ref) {
    return remote() ? find(client(), server(), ref.name()) : ref;
  }

  /** Looks an endpoint of a listening env up from another env. */
  public static RpcEndpointRef find(RpcEnv from, RpcEnv owner, String name) {
    return from.setupEndpointRef(owner.address().orElseThrow(), name);
  }

  /** Returns the env that was opened last. */
  public RpcEnv latest() {
    return List.copyOf(envs.keySet()).get(envs.size() - 1);
  }

  /** Returns what was seen in an env of this lab. */
  public Watcher watcher(RpcEnv env) {
    return envs.get(env);
  }

  /** Returns a gate that opens at the latest when this lab closes. */
  public Gate gate() {
    Gate gate = new Gate();
    gates.add(gate);
    return gate;
  }

  /** Starts threads that envs may share; the caller closes them after this lab. */
  public RpcThreads threads(String name, RpcConf conf) {
    return wiring.threads(name, conf);
  }

  /** Begins another env. */
  public Spec env(String role) {
    return new Spec(role + SERIAL.incrementAndGet());
  }

  @Override
  public void close() {
    gates.forEach(Gate::open);
    List<RpcEnv> all = new ArrayList<>(envs.keySet());
    all.forEach(RpcEnv::shutdown);
    all.forEach(Lab::end);
    all.forEach(env -> Leftovers.assertNoThreads(env.name()));
    all.forEach(env -> assertIdle(env.stats()));
    wiring.close();
  }

  private static void end(RpcEnv env) {
    try {
      assertThat(env.awaitTermination(END)).as("%s has ended", env.name()).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted before " + env.name() + " had ended", e);
    }
  }

  private static void assertIdle(RpcEnvStats stats) {
    assertThat(stats.endpoints()).allMatch(e -> e.depth() == 0, "depth is 0");
    assertThat(stats.peers()).allMatch(p -> p.pendingAsks() == 0, "no pending ask");
    assertThat(stats.peers()).allMatch(p -> p.queuedMessages() == 0, "no queued message");
    assertThat(stats.peers()).allMatch(p -> p.queuedBytes() == 0, "no queued byte");
    assertThat(stats.peers()).allMatch(p -> !p.connected(), "not connected");
  }

  /** An env to be opened. */
  public final class Spec {

    private final String name;
    private final Map<String, String> conf = new LinkedHashMap<>();
    private final List<RpcEnvSettings.Messages> messages = new ArrayList<>();
    private final List<RpcEnvListener> listeners = new ArrayList<>();
    private Optional<RpcEnvSettings.Listen> listen = Optional.empty();
    private Optional<RpcAddress> advertise = Optional.empty();
    private Optional<RpcThreads> threads = Optional.empty();

    private Spec(String name) {
      this.name = name;
      conf.put("rpc.askTimeout", "20s");
      conf.put("rpc.lookupTimeout", "20s");
      conf.put("rpc.retry.wait", "50ms");
      conf.put("rpc.shutdown.timeout", "5s");
      conf.put("rpc.io.threads", "2");
      conf.put("rpc.serializer.allow", Loose.PATTERN);
      messages(Msg.class);
      messages(Lab.this.messages.toArray(new Class<?>[0]));
    }

    /** Listens on loopback; 0 means any free port. */
    public Spec listen(int port) {
      return listen("127.0.0.1", port);
    }

    /** Listens. */
    public Spec listen(String host, int port) {
      listen = Optional.of(new RpcEnvSettings.Listen(host, port));
      return this;
    }

    /** Advertises another address than the bound one. */
    public Spec advertise(RpcAddress address) {
      advertise = Optional.of(address);
      return this;
    }

    /** Shares threads; whoever made them closes them. */
    public Spec threads(RpcThreads shared) {
      threads = Optional.of(shared);
      return this;
    }

    /** Sets a key. */
    public Spec conf(String key, String value) {
      conf.put(key, value);
      return this;
    }

    /** Allows more message classes. */
    public Spec messages(Class<?>... classes) {
      messages.add(
          new RpcEnvSettings.Messages(
              Optional.<MethodHandles.Lookup>empty(), List.<Class<?>>of(classes)));
      return this;
    }

    /** Adds a listener beside the lab's own. */
    public Spec listener(RpcEnvListener listener) {
      listeners.add(listener);
      return this;
    }

    private Spec conf(Map<String, String> settings) {
      conf.putAll(settings);
      return this;
    }

    /** Opens the env; the lab closes it. */
    public RpcEnv open() {
      Watcher watcher = new Watcher();
      listeners.add(watcher);
      RpcEnv env =
          wiring.open(
              new RpcEnvSettings(
                  name,
                  listen,
                  advertise,
                  RpcConf.builder().map(conf).build(),
                  List.copyOf(messages),
                  Lab.class.getClassLoader(),
                  List.copyOf(listeners),
                  threads));
      envs.put(env, watcher);
      return env;
    }
  }
}
