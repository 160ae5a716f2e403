// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading of plugins (PLG-01) and the table of their metrics (PLG-06). */
@Timeout(10)
class RpcPluginsTest {

  /** Can be loaded. */
  public static final class Good implements RpcPlugin {}

  /** Can be loaded, too. */
  public static final class AlsoGood implements RpcPlugin {}

  /** Cannot be made. */
  public static final class Broken implements RpcPlugin {
    /** Fails. */
    public Broken() {
      throw new IllegalStateException("broken");
    }
  }

  /** Needs something. */
  public static final class Needy implements RpcPlugin {
    /** Needs a name. */
    public Needy(String name) {
      assertThat(name).isNotNull();
    }
  }

  /** Is none. */
  public static final class NoPlugin {}

  private static List<RpcPlugin> load(String names) {
    RpcConf conf = RpcConf.builder().set("rpc.plugins", names).build();
    return RpcPlugins.load(conf, RpcPluginsTest.class.getClassLoader());
  }

  /** PLG-01 */
  @Test
  void pluginsAreLoadedByTheNamesOfTheirClasses() {
    assertThat(load("")).isEmpty();
    assertThat(load(Good.class.getName() + ", " + AlsoGood.class.getName()))
        .hasExactlyElementsOfTypes(Good.class, AlsoGood.class);
  }

  /** PLG-09 */
  @ParameterizedTest
  @ValueSource(classes = {Broken.class, Needy.class, NoPlugin.class})
  void whatCannotBeLoadedIsNamed(Class<?> wrong) {
    assertThatThrownBy(() -> load(Good.class.getName() + "," + wrong.getName()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rpc.plugins: " + wrong.getName() + " (expected: a ");
  }

  @Test
  void aClassThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> load("no.such.Plugin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rpc.plugins: no.such.Plugin (expected: a class that is there)");
    assertThatThrownBy(() -> load("no such plugin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rpc.plugins: no such plugin (expected: class names");
  }

  /** PLG-09: a part is found by its plugin's name. */
  @Test
  void aPluginIsLoadedOnce() {
    String name = Good.class.getName();
    assertThatThrownBy(() -> load(name + "," + name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plugins: [" + name + ", " + name + "] (expected: each of another class)");
  }

  /** PLG-06 */
  @Test
  void metricsAreNamedByTheirPlugin() {
    MetricsTable table = new MetricsTable();
    LongAdder counter = table.of("a").counter("n");
    counter.add(3);
    table.of("b").gauge("n", () -> 1.5);
    table
        .of("b")
        .gauge(
            "broken",
            () -> {
              throw new IllegalStateException("no value");
            });
    table
        .of("b")
        .gauge(
            "speechless",
            () -> {
              throw new IllegalStateException() {
                @Override
                public String getMessage() {
                  throw new IllegalStateException("no words");
                }
              };
            });
    table
        .of("b")
        .gauge(
            "gone",
            () -> {
              throw new NoClassDefFoundError("of a jar that is closed");
            });
    table.of("b").gauge("null", () -> null);
    assertThat(table.values()).hasToString("{plugin.a.n=3, plugin.b.n=1.5}");
    assertThat(table.values()).as("again").hasToString("{plugin.a.n=3, plugin.b.n=1.5}");
    table.remove("a");
    assertThat(table.values()).hasToString("{plugin.b.n=1.5}");
  }

  @Test
  void aMetricHasANameOfItsOwn() {
    PluginMetrics metrics = new MetricsTable().of("a");
    metrics.counter("n");
    assertThatThrownBy(() -> metrics.gauge("n", () -> 1))
        .hasMessage("name: n (expected: one that no metric of this plugin has)");
    assertThatThrownBy(() -> metrics.counter("")).hasMessage("name: (expected: not empty)");
  }
}
