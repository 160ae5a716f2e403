// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One plugin's place in an executor. */
final class ExecutorEndpoint extends PartEndpoint implements ExecutorContext {

  /** How long the end waits for the driver, which may be gone or busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorPlugin plugin;
  private final String executorId;
  private final RpcEndpointRef driver;

  /** What to say once more, if joining again has failed; else null. */
  private final AtomicReference<PluginMessage.@Nullable Join> missed = new AtomicReference<>();

  ExecutorEndpoint(
      String pluginName,
      ExecutorPlugin plugin,
      String executorId,
      RpcEndpointRef driver,
      RpcConf conf,
      PluginMetrics metrics) {
    super(pluginName, conf, metrics);
    this.plugin = plugin;
    this.executorId = executorId;
    this.driver = driver;
  }

  @Override
  void begin() throws Exception {
    plugin.init(this, driver.askSync(join()).extraConf());
  }

  private PluginMessage.Join join() {
    return new PluginMessage.Join(executorId, self());
  }

  /** The driver has forgotten this part by now: this connects again, if the driver is there. */
  @Override
  public void onDisconnected(RpcAddress peer) {
    if (isDriver(peer)) {
      joinAgain(join());
    }
  }

  /** The driver is there again, maybe another one at the same address, which knows nobody. */
  @Override
  public void onConnected(RpcAddress peer) {
    if (isDriver(peer)) {
      joinAgain(join());
    }
  }

  private boolean isDriver(RpcAddress peer) {
    return driver.address().filter(peer::equals).isPresent();
  }

  private void joinAgain(PluginMessage.Join message) {
    driver
        .ask(message)
        .exceptionally(
            failure -> {
              missed.set(message);
              LOG.warn("plugin [{}] has lost its driver part", pluginName(), failure);
              return null;
            });
  }

  /** Joins first, if that failed before: the driver may have listened before it had plugins. */
  private RpcEndpointRef driver() {
    PluginMessage.Join message = missed.getAndSet(null);
    if (message != null) {
      joinAgain(message);
    }
    return driver;
  }

  @Override
  @Nullable Object handle(PluginMessage message, Optional<RpcAddress> sender) {
    throw new UnsupportedOperationException("[" + message + "] is for the driver");
  }

  @Override
  @Nullable Object deliver(Object message) throws Exception {
    return plugin.receive(message);
  }

  ExecutorPlugin plugin() {
    return plugin;
  }

  @Override
  void end() {
    if (hasBegun()) {
      guarded(pluginName(), "shutdown", plugin::shutdown);
    }
    try {
      driver.askSync(new PluginMessage.Leave(executorId), PATIENCE);
    } catch (RpcException gone) {
      LOG.debug("plugin [{}] has left a driver that does not answer", pluginName(), gone);
    }
  }

  // What the executor part is given

  @Override
  public String executorId() {
    return executorId;
  }

  @Override
  public void send(Object message) {
    driver().send(message);
  }

  @Override
  public <R> R ask(Object message, Class<R> replyType) {
    return driver().askSync(message, replyType);
  }
}
