// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EndpointReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EventReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.LogTail;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.RequestLogTail;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.Severity;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageState;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReports;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskState;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process reports, over the network. */
@Timeout(30)
class ReporterTest {

  private static final StageKey STAGE = new StageKey("app", 0);

  @TempDir Path folder;
  private final Deque<RpcEnv> envs = new ArrayDeque<>();
  private final RpcEnv worker = env("worker");

  @AfterEach
  void close() {
    envs.forEach(RpcEnv::close);
  }

  @Test
  void aProcessIsReportedWithItsEndpointsAndSaysGoodByeLast() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    Reporter reporter = Reporter.start(worker, "worker", "w1", List.of(monitor(heard)));

    ProcessReport report = next(heard, ProcessReport.class);
    reporter.close();

    assertThat(report.process().name()).isEqualTo("w1");
    assertThat(report.process().role()).isEqualTo("worker");
    assertThat(report.process().pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(report.endpoints())
        .extracting(EndpointReport::name)
        .contains(MonitorMessage.REPORTER);
    assertThat(report.heapUsed()).isPositive().isLessThan(report.heapMax());
    assertThat(next(heard, ProcessEnded.class).processId()).isEqualTo(report.process().id());
  }

  @Test
  void ofAStageOnlyTheLatestWordIsSent() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    Reporter reporter = Reporter.start(worker, "driver", "d", List.of(monitor(heard)));
    next(heard, ProcessReport.class);

    for (int done = 0; done <= 1000; done++) {
      reporter.stage(new StageReport(STAGE, "s", 1000, 0, done, 0, StageState.RUNNING));
      reporter.task(STAGE, new TaskReport(done % 2, 0, "w", TaskState.DONE, done, ""));
    }
    reporter.close();
    List<Object> all = new ArrayList<>();
    next(heard, ProcessEnded.class, all);

    List<Integer> stages =
        all.stream()
            .filter(StageReport.class::isInstance)
            .map(m -> ((StageReport) m).done())
            .toList();
    assertThat(stages).as("far fewer than were made").hasSizeLessThan(50).endsWith(1000);
    assertThat(all.stream().filter(TaskReports.class::isInstance).map(TaskReports.class::cast))
        .allSatisfy(reports -> assertThat(reports.tasks()).hasSizeLessThanOrEqualTo(2));
  }

  @Test
  void ofTooManyTasksAndEventsTheOldestAreDropped() throws Exception {
    PendingReports pending = new PendingReports();
    for (int i = 0; i < 1000; i++) {
      pending.add(STAGE, new TaskReport(i, 0, "w", TaskState.DONE, 1, ""));
      pending.add(new EventReport(Severity.INFO, "s", "event " + i));
    }
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    RpcEndpointRef collector =
        worker.setupEndpoint(
            "collector", RpcEndpoint.handling().onSend(Object.class, heard::add).build());
    pending.sendTo(List.of(collector));
    collector.send(new ProcessEnded("end"));

    assertThat(next(heard, TaskReports.class).tasks())
        .hasSize(MonitorMessage.MAX_TASKS)
        .extracting(TaskReport::partition)
        .startsWith(800)
        .endsWith(999);
    List<Object> events = new ArrayList<>();
    next(heard, ProcessEnded.class, events);
    assertThat(events).hasSize(101);
  }

  @Test
  void theMonitorOfEachMasterIsTold() throws Exception {
    BlockingQueue<Object> first = new LinkedBlockingQueue<>();
    BlockingQueue<Object> second = new LinkedBlockingQueue<>();
    List<RpcAddress> masters = List.of(monitor(first), monitor(second));

    Reporter.start(worker, "worker", "w1", masters);

    assertThat(next(first, ProcessReport.class).process().name()).isEqualTo("w1");
    assertThat(next(second, ProcessReport.class).process().name()).isEqualTo("w1");
  }

  @Test
  void aMonitorThatComesBackIsFoundAgain() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    RpcAddress address = monitor(heard);
    Reporter.start(worker, "worker", "w1", List.of(address));
    ProcessReport before = next(heard, ProcessReport.class);

    envs.pop().close();
    BlockingQueue<Object> again = new LinkedBlockingQueue<>();
    monitor(again, address.port());

    assertThat(next(again, ProcessReport.class).process().id()).isEqualTo(before.process().id());
  }

  @Test
  void theEndOfALogIsReadOnRequestAndNothingElse() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    Path log = Files.writeString(folder.resolve("w1.log"), "ä".repeat(1000) + "\nthe end\n");
    Files.writeString(folder.resolve("secret"), "s");
    Reporter reporter = Reporter.start(worker, "worker", "w1", List.of(monitor(heard)));
    reporter.addLog("the log", log);
    ProcessReport report = next(heard, ProcessReport.class);
    while (report.logs().isEmpty()) {
      report = next(heard, ProcessReport.class);
    }
    RpcEndpointRef ref = report.process().reporter();

    LogTail whole = ref.askSync(new RequestLogTail("the log", 10_000));
    LogTail tail = ref.askSync(new RequestLogTail("the log", 12));

    assertThat(report.logs()).containsExactly("the log");
    assertThat(whole.text()).isEqualTo(Files.readString(log));
    assertThat(whole.from()).isZero();
    assertThat(tail)
        .as("begins with a whole character")
        .isEqualTo(new LogTail("the log", 2009, 1998, "ä\nthe end\n"));
    for (String name : List.of("secret", "../secret", folder.resolve("secret").toString())) {
      assertThatThrownBy(() -> ref.askSync(new RequestLogTail(name, 10)))
          .hasMessageContaining("NoSuchFile");
    }
    assertThatThrownBy(() -> ref.askSync(new RequestLogTail("the log", LogFiles.MAX_BYTES + 1)))
        .hasMessageContaining("maxBytes: 262145 (expected: 1 to 262144)");
  }

  @Test
  void ofTooManyLogsTheOldestAreForgottenButForTheProcesssOwn() {
    LogFiles logs = new LogFiles();
    for (int i = 0; i <= LogFiles.MAX_FILES + 1; i++) {
      logs.add("log " + i, folder.resolve("x"));
    }

    assertThat(logs.names())
        .hasSize(LogFiles.MAX_FILES)
        .startsWith("log 0", "log 3")
        .endsWith("log 51");
  }

  @Test
  void withoutAMonitorNothingFails() {
    RpcEnv lonely = env("lonely");

    Reporter reporter =
        Reporter.start(worker, "worker", "w1", List.of(lonely.address().orElseThrow()));
    reporter.event(Severity.INFO, "s", "nobody hears this");
    reporter.close();
    reporter.event(Severity.INFO, "s", "nor this");
    worker.close();
    reporter.event(Severity.INFO, "s", "nor this");
    reporter.close();
  }

  @Test
  void PLG_06_theMetricsOfPluginsArePartOfTheReport() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    Reporter reporter = Reporter.start(worker, "driver", "d", List.of(monitor(heard)));
    AtomicLong count = new AtomicLong(1);

    reporter.pluginMetrics(() -> Map.of("plugin.P.count", count.get(), "plugin.P.share", 0.5));

    awaitMetrics(heard, Map.of("plugin.P.count", 1L, "plugin.P.share", 0.5));
    count.set(Long.MAX_VALUE);
    awaitMetrics(heard, Map.of("plugin.P.count", Long.MAX_VALUE, "plugin.P.share", 0.5));
  }

  @Test
  void PLG_06_theLastReportHasTheMetricsOfTheEnd() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    Reporter reporter = Reporter.start(worker, "driver", "d", List.of(monitor(heard)));
    next(heard, ProcessReport.class);

    reporter.pluginMetrics(() -> Map.of("plugin.P.count", 7));
    reporter.close();
    List<Object> all = new ArrayList<>();
    next(heard, ProcessEnded.class, all);

    assertThat(all.get(all.size() - 2))
        .asInstanceOf(type(ProcessReport.class))
        .returns(Map.of("plugin.P.count", 7L), ProcessReport::pluginMetrics);
  }

  @Test
  void PLG_09_metricsThatThrowOrNeverReturnHoldUpNoReport() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    Reporter reporter = Reporter.start(worker, "driver", "d", List.of(monitor(heard)));
    CountDownLatch never = new CountDownLatch(1);
    for (Supplier<Map<String, Number>> broken :
        List.<Supplier<Map<String, Number>>>of(
            () -> {
              throw new StackOverflowError("of the test");
            },
            () -> {
              awaitThat(never);
              return Map.of();
            })) {
      CountDownLatch begun = new CountDownLatch(1);
      reporter.pluginMetrics(
          () -> {
            begun.countDown();
            return broken.get();
          });
      assertThat(begun.await(10, SECONDS)).isTrue();
      heard.clear();
      for (int i = 0; i < 2; i++) {
        assertThat(next(heard, ProcessReport.class).pluginMetrics()).isEmpty();
      }
    }
    never.countDown();
    reporter.pluginMetrics(() -> Map.of("plugin.P.count", 1));
    awaitMetrics(heard, Map.of("plugin.P.count", 1L));
  }

  @Test
  void PLG_06_metricsAreBoundedAndOfPlainTypes() {
    Map<String, Number> metrics = new TreeMap<>();
    metrics.put("a nan", Double.NaN);
    metrics.put("b infinite", Float.NEGATIVE_INFINITY);
    metrics.put("c null", null);
    metrics.put("d own", new BrokenNumber());
    metrics.put("e adder", new LongAdder());
    metrics.put("f big", new BigDecimal("1e30"));
    metrics.put("g".repeat(1000), (byte) 2);
    for (int i = 0; i < 2 * MonitorMessage.MAX_METRICS; i++) {
      metrics.put("x" + i, i);
    }

    Map<String, Number> bounded = PluginFigures.bounded(metrics);

    assertThat(bounded)
        .hasSize(MonitorMessage.MAX_METRICS)
        .doesNotContainKeys("a nan", "b infinite", "c null", "d own")
        .containsEntry("e adder", 0L)
        .containsEntry("f big", 1e30)
        .containsEntry("g".repeat(Texts.MAX_LENGTH - 1) + "…", 2L)
        .containsEntry("x0", 0L);
  }

  /** A number of a plugin's own, whose code is not ours. */
  private static final class BrokenNumber extends Number {

    private static final long serialVersionUID = 1;

    @Override
    public int intValue() {
      throw new IllegalStateException("of the test");
    }

    @Override
    public long longValue() {
      return intValue();
    }

    @Override
    public float floatValue() {
      return intValue();
    }

    @Override
    public double doubleValue() {
      return intValue();
    }
  }

  private static void awaitThat(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitMetrics(BlockingQueue<Object> heard, Map<String, Number> metrics)
      throws Exception {
    while (!next(heard, ProcessReport.class).pluginMetrics().equals(metrics)) {
      // One of before.
    }
  }

  private RpcAddress monitor(BlockingQueue<Object> heard) {
    return monitor(heard, 0);
  }

  private RpcAddress monitor(BlockingQueue<Object> heard, int port) {
    RpcEnv env = env("master", port);
    env.setupEndpoint(
        MonitorMessage.ENDPOINT, RpcEndpoint.handling().onSend(Object.class, heard::add).build());
    return env.address().orElseThrow();
  }

  private RpcEnv env(String name) {
    return env(name, 0);
  }

  private RpcEnv env(String name, int port) {
    RpcEnv env =
        RpcEnv.builder(name).listen("127.0.0.1", port).messages(Protocol.messages()).build();
    envs.push(env);
    return env;
  }

  private static <T> T next(BlockingQueue<Object> heard, Class<T> type) throws Exception {
    return next(heard, type, new ArrayList<>());
  }

  /** Waits for a message of a type; keeps what came until then. */
  private static <T> T next(BlockingQueue<Object> heard, Class<T> type, List<Object> before)
      throws Exception {
    while (true) {
      Object message = heard.poll(10, SECONDS);
      assertThat(message).as("after %s", before).isNotNull();
      before.add(message);
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }
}
