// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcFuture;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One plugin's place in the driver: its driver part, if it has one, and its executor parts. */
final class DriverEndpoint extends PartEndpoint implements DriverContext {

  /** An executor part, and the env that it is in; empty: this one. */
  private record Part(RpcEndpointRef ref, Optional<RpcAddress> env) {}

  private final RpcPlugin plugin;
  private final Map<String, Part> parts = new ConcurrentHashMap<>();
  private Optional<DriverPlugin> driverPart = Optional.empty();
  private Map<String, String> extraConf = Map.of();

  DriverEndpoint(String pluginName, RpcPlugin plugin, RpcConf conf, PluginMetrics metrics) {
    super(pluginName, conf, metrics);
    this.plugin = plugin;
  }

  @Override
  void begin() throws Exception {
    driverPart = plugin.driverPlugin();
    if (driverPart.isPresent()) {
      DriverPlugin part = driverPart.get();
      extraConf = Map.copyOf(part.init(this));
      guarded(pluginName(), "registerMetrics", () -> part.registerMetrics(metrics()));
    }
  }

  @Override
  @Nullable Object handle(PluginMessage message, Optional<RpcAddress> sender) {
    if (message instanceof PluginMessage.Join join) {
      parts.put(join.executorId(), new Part(join.part(), sender));
      return new PluginMessage.Joined(extraConf);
    }
    if (message instanceof PluginMessage.Leave leave) {
      parts.remove(leave.executorId());
      return true;
    }
    if (message instanceof PluginMessage.Forward forward) {
      forward(forward);
    }
    return null;
  }

  private void forward(PluginMessage.Forward forward) {
    if (forward.executorId().isEmpty()) {
      sendToAll(forward.message());
    } else {
      send(forward.executorId(), forward.message());
    }
  }

  @Override
  @Nullable Object deliver(Object message) throws Exception {
    return driverPart
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "plugin [" + pluginName() + "] has no driver part that takes messages"))
        .receive(message);
  }

  @Override
  public void onDisconnected(RpcAddress peer) {
    parts.values().removeIf(part -> part.env().filter(peer::equals).isPresent());
  }

  @Override
  void end() {
    parts.clear();
    if (hasBegun()) {
      driverPart.ifPresent(part -> guarded(pluginName(), "shutdown", part::shutdown));
    }
  }

  // What the driver part is given

  @Override
  public Set<String> executors() {
    return Set.copyOf(parts.keySet());
  }

  @Override
  public void send(String executorId, Object message) {
    part(executorId).send(message);
  }

  @Override
  public void sendToAll(Object message) {
    parts.values().forEach(part -> part.ref().send(message));
  }

  @Override
  public <R> RpcFuture<R> ask(String executorId, Object message, Class<R> replyType) {
    return part(executorId).ask(message, replyType);
  }

  private RpcEndpointRef part(String executorId) {
    Part part = parts.get(executorId);
    if (part == null) {
      throw new IllegalArgumentException(
          "executorId: "
              + executorId
              + " (expected: one in which plugin ["
              + pluginName()
              + "] runs: "
              + parts.keySet()
              + ")");
    }
    return part.ref();
  }
}
