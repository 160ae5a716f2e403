// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of configuration: which wins, where a value is from, and what is no key of ours. */
@Timeout(10)
class RpcConfTest {

  private static final RpcConfKey<Duration> ASK = RpcConfKeys.ASK_TIMEOUT;
  private static final String ASK_NAME = "rpc.askTimeout";
  private static final String ASK_ALIAS = "spark.rpc.askTimeout";

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Properties properties(String key, String value) {
    Properties properties = new Properties();
    properties.setProperty(key, value);
    return properties;
  }

  private static RpcConf ofMap(String key, String value) {
    return RpcConf.builder().map(Map.of(key, value)).build();
  }

  @Test
  void laterSourcesWinWhateverTheOrderOfCalls() throws IOException {
    Path file = file("a.properties", "rpc.askTimeout = 1s \n");
    assertAsk(RpcConf.defaults(), 120, RpcConfSource.DEFAULT, "default");
    RpcConf.Builder builder = RpcConf.builder().file(file);
    assertAsk(builder.build(), 1, RpcConfSource.FILE, "file " + file);
    builder.environment(Map.of("RPCENV_RPC_ASKTIMEOUT", "2s"));
    assertAsk(
        builder.build(),
        2,
        RpcConfSource.ENVIRONMENT,
        "environment variable RPCENV_RPC_ASKTIMEOUT");
    builder.systemProperties(properties(ASK_NAME, "3s"));
    assertAsk(builder.build(), 3, RpcConfSource.SYSTEM_PROPERTY, "system property");
    builder.map(Map.of(ASK_NAME, "4s"));
    assertAsk(builder.build(), 4, RpcConfSource.MAP, "map");
    builder.set(ASK_NAME, "5s");
    assertAsk(builder.build(), 5, RpcConfSource.BUILDER, "builder");
    builder.map(Map.of(ASK_NAME, "6s")).file(file);
    assertAsk(builder.build(), 5, RpcConfSource.BUILDER, "builder");
    builder.set(ASK, Duration.ofMillis(1500));
    assertThat(builder.build().get(ASK)).hasMillis(1500);
  }

  private static void assertAsk(RpcConf conf, int seconds, RpcConfSource source, String place) {
    assertThat(conf.get(ASK)).hasSeconds(seconds);
    assertThat(conf.origin(ASK)).isEqualTo(new RpcConfOrigin(source, ASK_NAME, place));
    assertThat(conf.isSet(ASK)).isEqualTo(source != RpcConfSource.DEFAULT);
    assertThat(conf.getString(ASK_NAME).isPresent()).isEqualTo(source != RpcConfSource.DEFAULT);
  }

  @Test
  void ofSeveralFilesOrMapsTheLastWins() throws IOException {
    RpcConf conf =
        RpcConf.builder()
            .file(file("a.properties", "rpc.numRetries=1\nrpc.askTimeout=1s"))
            .file(file("b.properties", "rpc.numRetries=2"))
            .map(Map.of("rpc.io.threads", "1"))
            .map(Map.of("rpc.io.threads", "2"))
            .build();
    assertThat(conf.get(RpcConfKeys.NUM_RETRIES)).isEqualTo(2);
    assertThat(conf.get(ASK)).hasSeconds(1);
    assertThat(conf.get(RpcConfKeys.IO_THREADS)).isEqualTo(2);
  }

  @Test
  void aBuiltConfigurationDoesNotChange() {
    RpcConf.Builder builder = RpcConf.builder().set(ASK_NAME, "1s");
    RpcConf conf = builder.build();
    builder.set(ASK_NAME, "2s");
    assertThat(conf.get(ASK)).hasSeconds(1);
  }

  /** RPC-28 */
  @Test
  void inOneSourceOurNameBeatsSparksAndALaterSourceBeatsBoth() {
    Map<String, String> both = Map.of(ASK_NAME, "1s", ASK_ALIAS, "2s");
    assertThat(RpcConf.builder().map(both).build().get(ASK)).hasSeconds(1);
    RpcConf.Builder builder = RpcConf.builder().set(ASK_NAME, "1s").set(ASK_ALIAS, "2s");
    assertThat(builder.build().get(ASK)).hasSeconds(1);
    RpcConf conf = RpcConf.builder().map(both).set(ASK_ALIAS, "3s").build();
    assertThat(conf.get(ASK)).hasSeconds(3);
    assertThat(conf.origin(ASK))
        .isEqualTo(new RpcConfOrigin(RpcConfSource.BUILDER, ASK_ALIAS, "builder"));
    assertThat(conf.getString(ASK_NAME)).contains("3s");
    assertThat(conf.getString(ASK_ALIAS)).contains("3s");
  }

  /** RPC-07 */
  @Test
  void askAndLookupTimeoutsFallBackToSparksNetworkTimeout() {
    RpcConf conf = ofMap("spark.network.timeout", "300");
    assertThat(conf.get(ASK)).hasMinutes(5);
    assertThat(conf.get(RpcConfKeys.LOOKUP_TIMEOUT)).hasMinutes(5);
    assertThat(conf.get(RpcConfKeys.CONNECT_TIMEOUT)).hasSeconds(10);
    assertThat(conf.origin(ASK))
        .isEqualTo(new RpcConfOrigin(RpcConfSource.MAP, "spark.network.timeout", "map"));
    assertThat(conf.getString(ASK_NAME)).isEmpty();
    RpcConf own =
        RpcConf.builder()
            .environment(Map.of("RPCENV_RPC_ASKTIMEOUT", "7s"))
            .set("spark.network.timeout", "300s")
            .build();
    assertThat(own.get(ASK)).hasSeconds(7);
    assertThat(own.get(RpcConfKeys.LOOKUP_TIMEOUT)).hasMinutes(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RPCENV_RPC_ASKTIMEOUT",
        "rpcenv_rpc_askTimeout",
        "RPCENV_SPARK_RPC_ASKTIMEOUT",
        "RPCENV_SPARK_NETWORK_TIMEOUT"
      })
  void environmentVariablesHaveUnderscoresForDotsInAnyCase(String variable) {
    RpcConf conf = RpcConf.builder().environment(Map.of(variable, "9s")).build();
    assertThat(conf.get(ASK)).hasSeconds(9);
    assertThat(conf.origin(ASK).place()).isEqualTo("environment variable " + variable);
  }

  @Test
  void noTwoKeysShareAnEnvironmentVariable() {
    assertThat(RpcConfKeys.all())
        .extracting(k -> ConfNames.variable(k.name()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "rpc.askTimeuot, rpc.askTimeout",
    "rpc.asktimeout, rpc.askTimeout",
    "RPC.ASKTIMEOUT, rpc.askTimeout",
    "rpc.message.max-size, rpc.message.maxSize",
    "rpc.numRetry, rpc.numRetries",
    "rpc.lookup, rpc.lookupTimeout",
    "' rpc.askTimeout', rpc.askTimeout",
  })
  void anUnknownKeyIsAnErrorThatNamesTheNearest(String key, String nearest) throws IOException {
    String text =
        "key: %s (expected: a known rpc.* key; nearest: %s), from ".formatted(key, nearest);
    assertThatThrownBy(() -> RpcConf.builder().set(key, "1s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + "builder");
    assertThatThrownBy(() -> RpcConf.builder().map(Map.of(key, "1s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + "map");
    Path file = file("a.properties", key.replace(" ", "\\ ") + "=1s");
    assertThatThrownBy(() -> RpcConf.builder().file(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + "file " + file);
  }

  @Test
  void anUnknownKeyInTheEnvironmentOrSystemPropertiesIsAWarning() {
    try (LogCapture log = new LogCapture(RpcConf.class)) {
      RpcConf conf =
          RpcConf.builder()
              .environment(Map.of("RPCENV_RPC_ASKTIMEUOT", "1s", "RPCENV_HOME", "/", "PATH", "/"))
              .systemProperties(properties("rpc.numRetry", "1"))
              .build();
      assertThat(log.lines())
          .containsExactly(
              "WARN Ignored environment variable [RPCENV_RPC_ASKTIMEUOT]: no such configuration key"
                  + " (nearest: [RPCENV_RPC_ASKTIMEOUT])",
              "WARN Ignored system property [rpc.numRetry]: no such configuration key"
                  + " (nearest: [rpc.numRetries])");
      assertThat(conf.get(ASK)).hasSeconds(120);
    }
  }

  @Test
  void otherKeysAreKeptAsText() {
    RpcConf conf =
        RpcConf.builder()
            .systemProperties(properties("java.home", "x"))
            .map(Map.of("spark.rpc.askTimeuot", "1s", "my.key", "a b", "spark.ui.port", "4040"))
            .build();
    assertThat(conf.getString("my.key")).contains("a b");
    assertThat(conf.getString("spark.ui.port")).contains("4040");
    assertThat(conf.getString("java.home")).isEmpty();
    assertThat(conf.getString("nothing")).isEmpty();
    assertThat(conf.get(ASK)).hasSeconds(120);
  }

  @Test
  void aBadValueNamesKeyValueExpectationAndPlace() throws IOException {
    String expected = "(expected: a duration above 0, with unit us, ms, s, min, h or d)";
    assertThatThrownBy(() -> RpcConf.builder().set(ASK_NAME, "-1s").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rpc.askTimeout: -1s " + expected + ", from builder");
    assertThatThrownBy(() -> ofMap(ASK_ALIAS, "soon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spark.rpc.askTimeout: soon " + expected + ", from map");
    assertThatThrownBy(() -> ofMap("spark.network.timeout", "0"))
        .hasMessage("spark.network.timeout: 0 " + expected + ", from map");
    assertThatThrownBy(
            () -> RpcConf.builder().environment(Map.of("RPCENV_RPC_IO_THREADS", "0")).build())
        .hasMessage(
            "rpc.io.threads: 0 (expected: a whole number, 1..32767),"
                + " from environment variable RPCENV_RPC_IO_THREADS");
    assertThatThrownBy(
            () ->
                RpcConf.builder().systemProperties(properties("rpc.transport", "io_uring")).build())
        .hasMessage(
            "rpc.transport: io_uring (expected: one of auto, epoll, nio), from system property");
    Path file = file("a.properties", "rpc.message.maxSize=2048m");
    assertThatThrownBy(() -> RpcConf.builder().file(file).build())
        .hasMessage(
            "rpc.message.maxSize: 2048m (expected: a size, 1b..2047m, with unit b, k, m, g or t),"
                + " from file "
                + file);
  }

  @Test
  void aTypedValueOutOfRangeIsRefused() {
    assertThatThrownBy(() -> RpcConf.builder().set(ASK, Duration.ofMillis(-1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rpc.askTimeout: -1ms (expected: ");
    assertThatThrownBy(
            () -> RpcConf.builder().set(ASK, Duration.ofSeconds(Long.MAX_VALUE, 1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rpc.askTimeout: 9223372036854775807000000001ns (expected: ");
  }

  @Test
  void filesAreUtf8AndFaultyOnesAreNamed() throws IOException {
    RpcConf conf = RpcConf.builder().file(file("a.properties", "my.name = größe")).build();
    assertThat(conf.getString("my.name")).contains("größe");
    Path missing = folder.resolve("missing.properties");
    assertThatThrownBy(() -> RpcConf.builder().file(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot read configuration file " + missing);
    Path broken = file("broken.properties", "a = \\u12");
    assertThatThrownBy(() -> RpcConf.builder().file(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("path: " + broken + " (expected: a properties file)");
  }

  /** H9: a start-up log can show what holds and why. */
  @Test
  void theEffectiveConfigurationShowsEachValueAndItsOrigin() {
    RpcConf conf =
        RpcConf.builder()
            .map(Map.of("spark.rpc.message.maxSize", "1024", "my.secret", "x"))
            .set(RpcConfKeys.SERIALIZER_ALLOW, List.of("com.acme.*", "org.Job"))
            .build();
    List<String> lines = conf.effective().stream().map(RpcConfEntry::toString).toList();
    assertThat(lines)
        .hasSize(RpcConfKeys.all().size())
        .contains(
            "rpc.message.maxSize = 1g (map, as spark.rpc.message.maxSize)",
            "rpc.askTimeout = 120s (default)",
            "rpc.retry.wait = 3s (default)",
            "rpc.serializer.allow = com.acme.*,org.Job (builder)")
        .noneMatch(line -> line.contains("secret"));
  }

  @Test
  void loadReadsTheProcess() {
    RpcConf conf = RpcConf.load();
    assertThat(conf.effective()).hasSameSizeAs(RpcConfKeys.all());
  }
}
