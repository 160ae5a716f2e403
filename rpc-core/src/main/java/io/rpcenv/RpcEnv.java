// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An environment that hosts endpoints and talks to other environments.
 *
 * <p>All methods are thread-safe. Every thread of an env is named {@code rpc-<env>-<role>-<n>}.
 * Many envs may live in one JVM; they share nothing, unless they are given {@link RpcThreads}.
 */
public abstract class RpcEnv implements AutoCloseable {

  /** Creates an env; only an {@link RpcEnvProvider} has use for that. */
  protected RpcEnv() {}

  /**
   * Starts to build an env.
   *
   * @param name what to call it in thread names and logs; letters, digits, {@code . _ -}, at most
   *     64
   * @return a new builder
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Returns the env's name. */
  public abstract String name();

  /** Returns the address that this env advertises; empty in client mode. */
  public abstract Optional<RpcAddress> address();

  /** Returns the configuration. */
  public abstract RpcConf conf();

  /**
   * Registers an endpoint, to run as its own {@link RpcEndpoint#options()} say.
   *
   * @param name its name, unique in this env
   * @param endpoint the endpoint, never registered before
   * @return its ref; messages may be sent at once and wait for {@code onStart}
   * @throws IllegalArgumentException if the name is empty, reserved or taken, or anything is null,
   *     or this JVM lacks the threads of {@link EndpointExecutor#VIRTUAL}
   * @throws IllegalStateException if the endpoint was registered before
   * @throws RpcEnvStoppedException after {@link #shutdown()}
   */
  public abstract RpcEndpointRef setupEndpoint(String name, RpcEndpoint endpoint);

  /**
   * Registers an endpoint, to run as {@code options} say.
   *
   * @param name its name, unique in this env
   * @param endpoint the endpoint, never registered before
   * @param options how to run it, in place of its own
   * @return its ref; messages may be sent at once and wait for {@code onStart}
   * @throws IllegalArgumentException if the name is empty, reserved or taken, or anything is null,
   *     or this JVM lacks the threads of {@link EndpointExecutor#VIRTUAL}
   * @throws IllegalStateException if the endpoint was registered before
   * @throws RpcEnvStoppedException after {@link #shutdown()}
   */
  public abstract RpcEndpointRef setupEndpoint(
      String name, RpcEndpoint endpoint, EndpointOptions options);

  /**
   * Finds an endpoint of another env, or of this one. Blocks, at most {@code rpc.lookupTimeout}.
   *
   * @param address the env's address
   * @param name the endpoint's name
   * @return its ref
   * @throws IllegalArgumentException if the address is null or the name none
   * @throws RpcEndpointNotFoundException if there is none of that name
   * @throws RpcException if the env cannot be reached, or in time
   */
  public abstract RpcEndpointRef setupEndpointRef(RpcAddress address, String name);

  /**
   * Finds an endpoint by its URI, {@code rpc://name@host:port}. Blocks, at most {@code
   * rpc.lookupTimeout}.
   *
   * @param uri the URI
   * @return its ref
   * @throws IllegalArgumentException if the URI is null or malformed
   * @throws RpcEndpointNotFoundException if there is none of that name
   * @throws RpcException if the env cannot be reached, or in time
   */
  public abstract RpcEndpointRef setupEndpointRefByURI(String uri);

  /**
   * Finds an endpoint by its URI, without blocking.
   *
   * @param uri the URI, {@code rpc://name@host:port}
   * @return the future ref
   * @throws IllegalArgumentException if the URI is null or malformed
   */
  public abstract RpcFuture<RpcEndpointRef> asyncSetupEndpointRefByURI(String uri);

  /**
   * Stops an endpoint of this env: what was accepted before is handled, later messages are refused.
   * Never blocks; stopping twice stops once.
   *
   * @param ref the endpoint's ref
   * @throws IllegalArgumentException if the ref is null or another env's, or the endpoint reserved
   */
  public abstract void stop(RpcEndpointRef ref);

  /**
   * Returns the server of this env's files, always the same one.
   *
   * @return where to add files for others to read
   * @throws IllegalStateException if this env has no listener, so that nobody could ask for them
   */
  public abstract RpcFileServer fileServer();

  /**
   * Opens a file that an env serves. Blocks until the file is on its way: at most {@code
   * rpc.askTimeout}, connect attempts and pauses ({@code rpc.numRetries}, {@code rpc.retry.wait})
   * included.
   *
   * <p>The channel has a connection of its own, which raises no network events. It reads a little
   * ahead (about 2 MiB), whatever the size of the file, and slows the other side down when it is
   * not read. A read blocks until there is at least one byte; it gives -1 only when the whole file
   * was read, in the length that it had when it was opened. Anything else is an {@link
   * java.io.IOException}, after the bytes that came before it: the connection was lost, the file
   * became shorter or was written to meanwhile, an env was shut down, or nothing came for {@code
   * rpc.askTimeout}. An interrupt closes the channel, as that of an {@link
   * java.nio.channels.InterruptibleChannel}. Reads on a network thread throw {@link
   * IllegalStateException}.
   *
   * @param uri what {@link RpcFileServer} returned; of a file in a folder: the folder's URI, a
   *     slash and the path in it, percent-encoded. {@code spark://} stands for {@code rpc://}
   * @return the file's bytes; to be closed, by any thread; reads fail when this env is shut down
   * @throws IllegalArgumentException if the URI is null or malformed
   * @throws java.nio.file.NoSuchFileException if no file is served there
   * @throws java.io.IOException if the connection is lost, or the file cannot be opened there
   * @throws RpcConnectionException if the env cannot be reached
   * @throws RpcTimeoutException if it takes too long
   * @throws RpcEnvStoppedException after {@link #shutdown()}
   * @throws RpcAbortedException if this thread is interrupted; its interrupt flag is then set
   * @throws IllegalStateException on a network thread, or if there is no transport on the class
   *     path
   */
  public abstract ReadableByteChannel openChannel(String uri) throws IOException;

  /**
   * Shuts this env down, without blocking; may be called from a handler. Pending asks and channels
   * of this env fail at once, accepted messages are handled and answered, every {@code onStop}
   * runs, sockets close. After {@code rpc.shutdown.timeout} running handlers are interrupted.
   *
   * <p>From this call on nothing of this env sends or asks any more, {@code onStop} included:
   * {@code send} throws {@link RpcEnvStoppedException}, asks fail with it. Answers to asks that
   * were accepted still go out.
   */
  public abstract void shutdown();

  /**
   * Blocks until this env has ended after {@link #shutdown()}: its threads and sockets are gone.
   *
   * @throws InterruptedException if this thread is interrupted
   * @throws IllegalStateException on a thread of this env
   */
  public abstract void awaitTermination() throws InterruptedException;

  /**
   * Blocks until this env has ended, at most for a while.
   *
   * @param timeout how long
   * @return true if it has ended
   * @throws InterruptedException if this thread is interrupted
   * @throws IllegalStateException on a thread of this env
   */
  public abstract boolean awaitTermination(Duration timeout) throws InterruptedException;

  /**
   * Shuts down and waits for the end; on a thread of this env, shuts down only. An interrupt ends
   * the wait and leaves the flag set.
   *
   * @throws IllegalStateException on a network thread or the timer of another env, which must not
   *     wait; this env is shutting down then
   */
  @Override
  public abstract void close();

  /** Returns a snapshot of the counters. */
  public abstract RpcEnvStats stats();

  /**
   * Binds an endpoint to the env that registers it.
   *
   * @param endpoint the endpoint
   * @param binding what it gets from the env
   * @throws IllegalStateException if it was bound before
   */
  protected static void bind(RpcEndpoint endpoint, EndpointBinding binding) {
    endpoint.bind(binding);
  }

  /** Builds an env. Not thread-safe; may build several. */
  public static final class Builder {

    private final String name;
    private final List<RpcEnvSettings.Messages> messages = new ArrayList<>();
    private final List<RpcEnvListener> listeners = new ArrayList<>();
    private Optional<RpcEnvSettings.Listen> listen = Optional.empty();
    private Optional<RpcAddress> advertise = Optional.empty();
    private RpcConf conf = RpcConf.load();
    private Optional<ClassLoader> classLoader = Optional.empty();
    private Optional<RpcThreads> threads = Optional.empty();

    private Builder(String name) {
      this.name = Arguments.requireName(name, "the name of an env");
    }

    /**
     * Listens for connections. Without this the env is in client mode: it can ask others, and they
     * can reach its endpoints only through the connections that it opens.
     *
     * @param host the host to bind, resolved once; also advertised unless {@link #advertise} is
     *     called
     * @param port the port to bind, 0 to 65535; 0: any free one. If taken, the next ones are tried
     *     ({@code rpc.port.maxRetries})
     * @return this
     * @throws IllegalArgumentException if the port is out of range or the host empty
     */
    public Builder listen(String host, int port) {
      Arguments.require("host", host, "a host name or an IP literal");
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
      }
      String checked = port == 0 ? RpcAddress.of(host, 1).host() : RpcAddress.of(host, port).host();
      this.listen = Optional.of(new RpcEnvSettings.Listen(checked, port));
      return this;
    }

    /**
     * Tells others another address than the bound one, as behind NAT or in a container.
     *
     * @param host the host others reach this env at
     * @param port the port others reach this env at
     * @return this
     */
    public Builder advertise(String host, int port) {
      this.advertise = Optional.of(RpcAddress.of(host, port));
      return this;
    }

    /**
     * Sets the configuration. Default: {@link RpcConf#load()}.
     *
     * @param conf the configuration
     * @return this
     */
    public Builder conf(RpcConf conf) {
      this.conf = Arguments.require("conf", conf, "a configuration");
      return this;
    }

    /**
     * Allows message classes to cross the wire, with all that they declare to contain: reply types,
     * component and field types, permitted subtypes, nested types of an interface.
     *
     * @param classes the classes
     * @return this
     */
    public Builder messages(Class<?>... classes) {
      messages.add(new RpcEnvSettings.Messages(Optional.empty(), listOf(classes)));
      return this;
    }

    /**
     * Allows message classes that are private to a named module.
     *
     * @param lookup access to them
     * @param classes the classes
     * @return this
     */
    public Builder messages(MethodHandles.Lookup lookup, Class<?>... classes) {
      Arguments.require("lookup", lookup, "access to the classes");
      messages.add(new RpcEnvSettings.Messages(Optional.of(lookup), listOf(classes)));
      return this;
    }

    private static List<Class<?>> listOf(Class<?>[] classes) {
      Arguments.require("classes", classes, "message classes");
      for (int i = 0; i < classes.length; i++) {
        Arguments.require("classes[" + i + "]", classes[i], "a message class");
      }
      return List.of(classes);
    }

    /**
     * Sets where classes named on the wire are looked up. Default: the context class loader of the
     * thread that calls {@link #build()}, or else the library's.
     *
     * @param classLoader the class loader
     * @return this
     */
    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader =
          Optional.of(Arguments.require("classLoader", classLoader, "a class loader"));
      return this;
    }

    /**
     * Adds someone who watches what happens in the env.
     *
     * @param listener the watcher
     * @return this
     */
    public Builder listener(RpcEnvListener listener) {
      listeners.add(Arguments.require("listener", listener, "who watches"));
      return this;
    }

    /**
     * Runs the env on threads that it shares with others. Default: threads of its own, which end
     * with it.
     *
     * @param threads the threads, which outlive the env
     * @return this
     */
    public Builder threads(RpcThreads threads) {
      this.threads = Optional.of(Arguments.require("threads", threads, "threads to share"));
      return this;
    }

    /**
     * Makes and starts the env.
     *
     * @return the running env; close it after use
     * @throws IllegalArgumentException if {@code advertise} is given without {@code listen}, or a
     *     wildcard would be advertised
     * @throws IllegalStateException if the threads to share are closed, or a listener is asked for
     *     and no transport is on the class path
     * @throws RpcConnectionException if no port could be bound
     */
    public RpcEnv build() {
      if (advertise.isPresent() && listen.isEmpty()) {
        throw new IllegalArgumentException(
            "advertise: " + advertise.get() + " (expected: together with listen)");
      }
      RpcEnvSettings settings =
          new RpcEnvSettings(
              name,
              listen,
              advertise,
              conf,
              List.copyOf(messages),
              classLoader.orElseGet(Builder::defaultClassLoader),
              List.copyOf(listeners),
              threads);
      return RpcThreads.provider().create(settings);
    }

    private static ClassLoader defaultClassLoader() {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      return context != null ? context : RpcEnv.class.getClassLoader();
    }
  }
}
