// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The cluster by HTTP: JSON below {@code /api}, and a page for people. Runs beside the master, in
 * its process, with the {@link Monitor} that it shows.
 */
public final class WebServer implements AutoCloseable {

  private static final int MAX_THREADS = 12;
  private static final int MAX_CONNECTIONS = 256;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final WebSettings settings;
  private final Server server;
  private final ServerConnector connector;
  private final LiveFeed feed;
  private final Runnable stopMonitor;

  private WebServer(
      WebSettings settings,
      Server server,
      ServerConnector connector,
      LiveFeed feed,
      Runnable stopMonitor) {
    this.settings = settings;
    this.server = server;
    this.connector = connector;
    this.feed = feed;
    this.stopMonitor = stopMonitor;
  }

  /**
   * Starts the monitor and the server.
   *
   * @param settings where to listen
   * @param env the master's env
   * @param master the master's endpoint
   * @throws IOException if the port is taken, or the address none of this machine's
   */
  public static WebServer start(WebSettings settings, RpcEnv env, RpcEndpointRef master)
      throws IOException {
    return start(settings, env, new RpcClusterControl(master, env.address()));
  }

  /** Starts the monitor and the server of any cluster. */
  static WebServer start(WebSettings settings, RpcEnv env, ClusterControl control)
      throws IOException {
    Server server = new Server(threads());
    ServerConnector connector = connector(server, settings);
    // Bound before anything else exists that would have to be taken back.
    connector.open();
    LiveFeed feed = new LiveFeed();
    Monitor monitor = new Monitor(control, feed, System::currentTimeMillis);
    RpcEndpointRef ref = env.setupEndpoint(MonitorMessage.ENDPOINT, monitor);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setErrorHandler(new WebErrors());
    server.setHandler(new WebHandler(new Guard(settings), new Api(ref, control).routes(), feed));
    // Browsers keep connections open; nobody waits for those to be used again.
    server.setStopTimeout(0);
    WebServer web = new WebServer(settings, server, connector, feed, () -> env.stop(ref));
    try {
      server.start();
    } catch (Exception e) {
      web.close();
      throw e instanceof IOException io ? io : new IOException(e);
    }
    return web;
  }

  /** Returns the address that it is bound to, without the port. */
  String host() {
    return settings.host();
  }

  /** Returns where it listens, as {@code host:port}. */
  public String hostPort() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return host + ":" + connector.getLocalPort();
  }

  /** Returns the page's address without the token. */
  public String url() {
    return "http://" + hostPort() + "/";
  }

  /** Returns the page's address with the token, which the browser keeps to itself. */
  public String urlWithToken() {
    return url() + "#token=" + settings.token();
  }

  /** Returns how many browsers are watching. */
  int watchers() {
    return feed.clientCount();
  }

  @Override
  public void close() {
    stopMonitor.run();
    feed.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the web server did not stop", e);
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
    threads.setName("web");
    threads.setDaemon(true);
    return threads;
  }

  private static ServerConnector connector(Server server, WebSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    // Names of workers may hold anything; the path is never one of a file.
    http.setUriCompliance(
        UriCompliance.from("DEFAULT,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"));
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setReuseAddress(true);
    return connector;
  }
}
