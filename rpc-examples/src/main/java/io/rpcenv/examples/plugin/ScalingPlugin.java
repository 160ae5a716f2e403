// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.plugin;

import io.rpcenv.examples.plugin.ScalingMessage.FinalValueResponse;
import io.rpcenv.examples.plugin.ScalingMessage.InitialConfigRequest;
import io.rpcenv.examples.plugin.ScalingMessage.InitialConfigResponse;
import io.rpcenv.plugin.DriverPlugin;
import io.rpcenv.plugin.ExecutorContext;
import io.rpcenv.plugin.ExecutorPlugin;
import io.rpcenv.plugin.PluginMetrics;
import io.rpcenv.plugin.RpcPlugin;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Multiplies: each executor part has a value, the driver part has the factor and prints. */
public final class ScalingPlugin implements RpcPlugin {

  static final String NAME = ScalingPlugin.class.getName();
  static final int FACTOR = 10;

  private final int value;
  private final PrintStream out;

  /** Creates the plugin as it is loaded by its name: the value is 1. */
  public ScalingPlugin() {
    this(1, System.out);
  }

  ScalingPlugin(int value, PrintStream out) {
    this.value = value;
    this.out = out;
  }

  @Override
  public Optional<DriverPlugin> driverPlugin() {
    return Optional.of(new Driver(out));
  }

  @Override
  public Optional<ExecutorPlugin> executorPlugin() {
    return Optional.of(new Executor(value));
  }

  private static final class Driver implements DriverPlugin {

    private final LongAdder values = new LongAdder();
    private final PrintStream out;

    Driver(PrintStream out) {
      this.out = out;
    }

    @Override
    public void registerMetrics(PluginMetrics metrics) {
      metrics.gauge("values", values::sum);
    }

    @Override
    public @Nullable Object receive(Object message) throws Exception {
      if (message instanceof InitialConfigRequest) {
        return new InitialConfigResponse(FACTOR); // goes to the one who asked
      }
      if (message instanceof FinalValueResponse last) {
        values.increment();
        out.println("final value of executor " + last.executorId() + ": " + last.value());
        return null; // nobody waits for a reply
      }
      return DriverPlugin.super.receive(message); // unsupported message
    }
  }

  private static final class Executor implements ExecutorPlugin {

    private final int value;

    Executor(int value) {
      this.value = value;
    }

    @Override
    public void init(ExecutorContext context, Map<String, String> extraConf) {
      int factor =
          context.ask(new InitialConfigRequest(), InitialConfigResponse.class).factor(); // blocks
      context.send(new FinalValueResponse(context.executorId(), factor * value)); // does not
    }
  }
}
