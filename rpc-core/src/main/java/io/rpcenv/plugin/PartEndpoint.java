// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import io.rpcenv.EndpointExecutor;
import io.rpcenv.EndpointOptions;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcConf;
import io.rpcenv.RpcEndpoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a part of a plugin runs and takes messages: on a thread of its own, one at a time. */
abstract class PartEndpoint extends RpcEndpoint implements PluginContext {

  static final Logger LOG = LoggerFactory.getLogger(RpcPlugins.class);

  /** A call into a plugin's code. */
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }

  private final String pluginName;
  private final RpcConf conf;
  private final PluginMetrics metrics;

  /** Completes once the part has begun (true), or never will (false). */
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();

  /** Completes when nothing of the part runs any more. */
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  PartEndpoint(String pluginName, RpcConf conf, PluginMetrics metrics) {
    this.pluginName = pluginName;
    this.conf = conf;
    this.metrics = metrics;
  }

  @Override
  public EndpointOptions options() {
    return EndpointOptions.serial().withExecutor(EndpointExecutor.DEDICATED);
  }

  /** Begins the part, before any message is taken; what this throws ends it. */
  abstract void begin() throws Exception;

  /** Takes a message of the framework's own from there; returns the reply. */
  abstract @Nullable Object handle(PluginMessage message, Optional<RpcAddress> sender);

  /** Takes a message of the plugin's; returns the reply. */
  abstract @Nullable Object deliver(Object message) throws Exception;

  /** Ends the part, whether or not it has begun. */
  abstract void end();

  /** Returns whether the part has begun. */
  final boolean hasBegun() {
    return begun.getNow(false);
  }

  /** Waits until the part has begun, and returns true, or has failed to. */
  final boolean awaitBegin() {
    return begun.join();
  }

  final CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public final void onStart() throws Exception {
    begin();
    begun.complete(true);
  }

  @Override
  public final void receive(Object message) throws Exception {
    if (message instanceof PluginMessage own) {
      handle(own, Optional.empty());
    } else {
      deliver(message);
    }
  }

  @Override
  public final void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    call.reply(
        message instanceof PluginMessage own
            ? handle(own, call.senderAddress())
            : deliver(message));
  }

  @Override
  public final void onError(Throwable cause) {
    LOG.warn("plugin [{}] {}", pluginName, hasBegun() ? "failed" : "did not begin", cause);
  }

  @Override
  public final void onStop() {
    try {
      end();
    } finally {
      begun.complete(false);
      ended.complete(null);
    }
  }

  /** Runs a plugin's code; what it throws is logged. */
  static void guarded(String pluginName, String what, Call call) {
    try {
      call.run();
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (Throwable fault) {
      warn("plugin [" + pluginName + "] failed: " + what, fault);
    }
  }

  /** Logs what a plugin threw, whose accessors the logger uses, and are the plugin's, too. */
  static void warn(String what, Throwable fault) {
    try {
      LOG.warn(what, fault);
    } catch (RuntimeException e) {
      LOG.warn("{}: {}", what, fault.getClass().getName());
    }
  }

  // What both parts are given

  @Override
  public final String pluginName() {
    return pluginName;
  }

  @Override
  public final RpcConf conf() {
    return conf;
  }

  @Override
  public final PluginMetrics metrics() {
    return metrics;
  }
}
