// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.rpcenv.examples.cluster.protocol.MonitorMessage;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EndpointReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EventReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessInfo;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.Severity;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageKey;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageState;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReports;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskState;
import io.rpcenv.examples.cluster.web.ClusterView.ApplicationView;
import io.rpcenv.examples.cluster.web.ClusterView.StageView;
import io.rpcenv.examples.cluster.web.ClusterView.WorkerView;
import io.rpcenv.examples.cluster.web.ProcessView.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the monitor keeps, with a clock that stands until it is moved, and for how long. */
@Timeout(30)
class MonitorStoreTest {

  private long now = 1_000_000;
  private final MonitorStore store = new MonitorStore(() -> now);

  @Test
  void ratesAreDifferencesOfCountersOverTime() {
    store.report(report("p", 10, 100));
    store.report(report("p", 12, 150));

    ProcessView process = store.processes().get(0);
    assertThat(process.rate()).isEqualTo(25.0);
    assertThat(process.depth()).isEqualTo(3);
    assertThat(process.endpoints()).extracting(e -> e.rate()).containsExactly(25.0);
    assertThat(process.history()).containsExactly(new Sample(25.0, 3));
    assertThat(process.state()).isEqualTo("LIVE");
  }

  @Test
  void PLG_06_theMetricsOfPluginsAreShownAsTheLastReportHasThem() {
    store.report(report("p", 10, 100, Map.of("plugin.P.count", 1L)));
    store.report(report("p", 12, 150, Map.of("plugin.P.count", 2L, "plugin.P.share", 0.5)));

    ProcessView process = store.processes().get(0);
    assertThat(process.pluginMetrics())
        .isEqualTo(Map.of("plugin.P.count", 2L, "plugin.P.share", 0.5));
    assertThat(process.withoutHistory().pluginMetrics()).isEqualTo(process.pluginMetrics());
  }

  @Test
  void PLG_06_moreMetricsThanThereMayBeAreNotKept() {
    Map<String, Number> tooMany = new TreeMap<>();
    IntStream.range(0, 1000).forEach(i -> tooMany.put(i + "x".repeat(1000), i));

    store.report(report("p", 10, 100, tooMany));

    assertThat(store.processes().get(0).pluginMetrics())
        .hasSize(MonitorMessage.MAX_METRICS)
        .allSatisfy((name, value) -> assertThat(name).hasSize(Texts.MAX_LENGTH));
  }

  @Test
  void anEndpointThatBeganAnewHasNoNegativeRate() {
    store.report(report("p", 10, 100));
    store.report(report("p", 11, 5));

    assertThat(store.processes().get(0).rate()).isZero();
  }

  @Test
  void aProcessThatIsSilentIsShownAsSuchAndThenForgotten() {
    store.report(report("p", 10, 100));
    now += 3_501;
    assertThat(store.processes()).extracting(ProcessView::state).containsExactly("SILENT");

    now += MonitorStore.PROCESS_KEPT_MILLIS - 3_501;
    store.seen(Views.cluster());
    assertThat(store.processes()).hasSize(1);
    now++;
    store.seen(Views.cluster());
    assertThat(store.processes()).isEmpty();
  }

  @Test
  void aProcessThatSaysGoodByeHasEnded() {
    store.report(report("p", 10, 100));
    store.processEnded("p");

    assertThat(store.processes()).extracting(ProcessView::state).containsExactly("ENDED");
  }

  @Test
  void ofTooManyProcessesThoseThatEndedGoFirstAndLivingOnesStay() {
    for (int i = 0; i < MonitorStore.MAX_PROCESSES; i++) {
      store.report(report("p" + i, 1, 1));
    }
    store.report(report("one too many", 1, 1));
    assertThat(store.processes()).extracting(ProcessView::id).doesNotContain("one too many");

    store.processEnded("p7");
    store.report(report("another", 1, 1));
    assertThat(store.processes())
        .hasSize(MonitorStore.MAX_PROCESSES)
        .extracting(ProcessView::id)
        .contains("another")
        .doesNotContain("p7");
  }

  @Test
  void samplesStagesAndEventsAreBounded() {
    for (int i = 0; i < 1000; i++) {
      store.report(report("p", i, i));
      StageKey stage = new StageKey("a", i);
      store.report(new StageReport(stage, "s", 1, 0, 1, 0, StageState.DONE));
      store.report(new EventReport(Severity.INFO, "x", "y".repeat(10_000)));
    }

    assertThat(store.processes().get(0).history()).hasSize(ProcessRecord.MAX_SAMPLES);
    assertThat(store.detail("a").orElseThrow().stages()).hasSize(ApplicationRecord.MAX_STAGES);
    assertThat(store.events().from(0)).hasSize(EventLog.MAX_EVENTS);
    assertThat(store.events().last(1).get(0).text()).hasSize(Texts.MAX_LENGTH);
  }

  @Test
  void theLatestTasksOfAStageAreKept() {
    StageKey stage = new StageKey("a", 0);
    for (int i = 0; i < 500; i++) {
      store.report(
          new TaskReports(stage, List.of(new TaskReport(i, 0, "w", TaskState.DONE, 1, ""))));
    }

    assertThat(store.detail("a").orElseThrow().stages().get(0).tasks())
        .hasSize(StageRecord.MAX_TASKS)
        .extracting(TaskReport::partition)
        .startsWith(300)
        .endsWith(499);
  }

  @Test
  void aWorkerThatIsGoneIsShownAsDeadForAWhile() {
    store.seen(Views.cluster(Views.worker("w1"), Views.worker("w2")));
    now += 5;
    store.seen(Views.cluster(Views.worker("w2")));

    assertThat(workers()).containsExactly("w2 ALIVE", "w1 DEAD");
    assertThat(store.events().last(1))
        .extracting(EventLog.Event::severity, EventLog.Event::subject)
        .containsExactly(tuple(Severity.WARNING, "w1"));
    now += MonitorStore.WORKER_KEPT_MILLIS + 1;
    store.seen(Views.cluster(Views.worker("w2")));
    assertThat(workers()).containsExactly("w2 ALIVE");
  }

  @Test
  void aWorkerThatComesBackIsDeadNoMore() {
    store.seen(Views.cluster(Views.worker("w1")));
    store.seen(Views.cluster());
    store.seen(Views.cluster(Views.worker("w1")));

    assertThat(workers()).containsExactly("w1 ALIVE");
  }

  @Test
  void onlySoManyDeadWorkersAreKept() {
    store.seen(
        Views.cluster(
            IntStream.range(0, 80)
                .mapToObj(i -> Views.worker("w" + i))
                .toArray(WorkerView[]::new)));
    store.seen(Views.cluster());

    assertThat(workers()).hasSize(MonitorStore.MAX_GONE_WORKERS).startsWith("w30 DEAD");
  }

  @Test
  void anApplicationEndsAsItsDriverSays() {
    store.seen(Views.running("a", "b", "c", "d"));
    store.report(new ApplicationEnded("a", false, ""));
    store.report(new ApplicationEnded("b", true, "no memory"));
    store.killWanted("c", "killed from the web");
    store.report(new ApplicationEnded("c", true, "the master gave up on it"));
    store.seen(Views.cluster());

    assertThat(store.cluster().orElseThrow().applications())
        .extracting(ApplicationView::id, ApplicationView::state, ApplicationView::message)
        .containsExactly(
            tuple("a", "FINISHED", ""),
            tuple("b", "FAILED", "no memory"),
            tuple("c", "KILLED", "killed from the web"),
            tuple("d", "ENDED", ""));
  }

  @Test
  void anApplicationThatTheMasterNeverListedIsGivenUpAfterAWhile() {
    store.applicationStarted("quick", "a quick one");
    store.seen(Views.cluster());
    assertThat(store.cluster().orElseThrow().applications())
        .extracting(ApplicationView::state)
        .containsExactly("RUNNING");

    now += MonitorStore.UNSEEN_APPLICATION_MILLIS + 1;
    store.seen(Views.cluster());
    assertThat(store.cluster().orElseThrow().applications())
        .extracting(ApplicationView::state)
        .containsExactly("ENDED");
  }

  @ParameterizedTest
  @CsvSource({
    "FINISHED, done, FINISHED",
    "FINISHED, failed, FAILED",
    "FINISHED, nothing, ENDED",
    "KILLED, failed, KILLED",
    "KILLED, nothing, KILLED",
    "FAILED, failed, FAILED",
    "FAILED, nothing, FAILED"
  })
  void howAnApplicationEndedIsWhatWhoeverKnowsItSays(String master, String driver, String shown) {
    store.seen(Views.running("a"));
    store.seen(Views.cluster(List.of(), List.of(Views.application("a", master))));
    if (!driver.equals("nothing")) {
      store.report(new ApplicationEnded("a", driver.equals("failed"), ""));
    }

    assertThat(applications()).containsExactly("a " + shown);
  }

  @Test
  void theEndIsToldOnceWhenTheDriverHadTimeToSayHow() {
    store.seen(Views.running("a", "b"));
    store.seen(
        Views.cluster(
            List.of(),
            List.of(Views.application("a", "FINISHED"), Views.application("b", "FINISHED"))));
    store.report(new ApplicationEnded("a", true, "no memory"));
    now += ApplicationRecord.DRIVERS_WORD_MILLIS;
    store.seen(Views.cluster());
    store.seen(Views.cluster());

    assertThat(store.events().from(0).stream().map(EventLog.Event::text))
        .filteredOn(text -> text.contains(" is "))
        .containsExactly("Application a is failed: no memory", "Application b is ended");
  }

  @Test
  void aStandbysApplicationsRunOnUntilItLeads() {
    store.applicationStarted("a", "a");
    store.applicationStarted("b", "b");
    for (int i = 0; i < 11; i++) {
      now += 1_000;
      store.seen(Views.cluster("STANDBY", List.of(), List.of()));
    }
    store.seen(Views.cluster("RECOVERING", List.of(), List.of()));
    assertThat(applications()).containsExactly("a RUNNING", "b RUNNING");

    store.seen(Views.running("a"));
    assertThat(applications()).containsExactly("a RUNNING", "b ENDED");
  }

  @Test
  void whatWasOutOfSightAndIsListedAgainRunsAgainUnlessItsDriverSaidThatItEnded() {
    store.seen(Views.running("a", "b"));
    store.seen(Views.cluster());
    store.report(new ApplicationEnded("b", false, ""));
    assertThat(applications()).containsExactly("a ENDED", "b FINISHED");

    store.seen(Views.running("a", "b"));

    assertThat(applications()).containsExactly("a RUNNING", "b FINISHED");
    assertThat(store.cluster().orElseThrow().applications().get(0).endedAt()).isEmpty();
  }

  @Test
  void ofTooManyEndedApplicationsThoseThatEndedFirstAreForgotten() {
    String[] ids = IntStream.range(0, 60).mapToObj(i -> "a" + i).toArray(String[]::new);
    store.seen(Views.running(ids));
    store.seen(Views.running(Arrays.copyOf(ids, 59)));
    now++;
    store.seen(Views.cluster());

    assertThat(applications())
        .hasSize(MonitorStore.MAX_ENDED_APPLICATIONS)
        .startsWith("a9 ENDED")
        .endsWith("a58 ENDED");
  }

  @Test
  void theTasksOfApplicationsThatEndedAreForgottenButForTheLast() {
    String[] ids = IntStream.range(0, 10).mapToObj(i -> "a" + i).toArray(String[]::new);
    store.seen(Views.running(ids));
    for (String id : ids) {
      reportTasks(new StageKey(id, 0), 7);
      store.report(new ApplicationEnded(id, false, ""));
      now++;
    }
    store.seen(Views.running(ids));

    assertThat(Stream.of(ids).map(this::taskCount))
        .containsExactly(0L, 0L, 0L, 0L, 0L, 7L, 7L, 7L, 7L, 7L);
    assertThat(store.detail("a0").orElseThrow().stages()).as("the stage is kept").hasSize(1);
  }

  @Test
  void tasksAreBoundedOverAllApplications() {
    String[] ids = IntStream.range(0, 100).mapToObj(i -> "a" + i).toArray(String[]::new);
    store.seen(Views.running(ids));
    for (String id : ids) {
      for (int stage = 0; stage < 3; stage++) {
        reportTasks(new StageKey(id, stage), StageRecord.MAX_TASKS);
      }
    }

    assertThat(Stream.of(ids).mapToLong(this::taskCount).sum())
        .isBetween((long) MonitorStore.MAX_TASKS / 2, MonitorStore.MAX_TASKS * 11L / 10);
    assertThat(taskCount("a99")).as("of the latest").isEqualTo(3 * StageRecord.MAX_TASKS);
  }

  @Test
  void noTaskRunsInAStageThatIsOver() {
    for (StageState end : List.of(StageState.DONE, StageState.FAILED)) {
      StageKey stage = new StageKey("a", end == StageState.DONE ? 0 : 1);
      store.report(
          new TaskReports(
              stage,
              List.of(
                  new TaskReport(0, 0, "w", TaskState.DONE, 1, ""),
                  new TaskReport(0, 1, "w", TaskState.RUNNING, 0, ""),
                  new TaskReport(1, 0, "w", TaskState.RUNNING, 0, ""))));
      assertThat(tasks(stage))
          .containsExactly(TaskState.DONE, TaskState.RUNNING, TaskState.RUNNING);

      store.report(new StageReport(stage, "s", 2, 0, 2, 0, end));

      assertThat(tasks(stage))
          .containsExactly(
              TaskState.DONE,
              TaskState.KILLED,
              end == StageState.DONE ? TaskState.DONE : TaskState.KILLED);
    }
  }

  @Test
  void nothingRunsInAnApplicationThatHasEnded() {
    StageKey stage = new StageKey("a", 0);
    store.report(new StageReport(stage, "s", 2, 1, 0, 0, StageState.RUNNING));
    reportTasks(stage, 1);
    store.report(
        new TaskReports(stage, List.of(new TaskReport(7, 0, "w", TaskState.RUNNING, 0, ""))));

    store.report(new ApplicationEnded("a", true, "its driver died"));

    assertThat(tasks(stage)).containsExactly(TaskState.DONE, TaskState.KILLED);
  }

  @Test
  void aStageWhoseEndWasNotHeardOfEndsAsItsApplication() {
    for (boolean failed : List.of(true, false)) {
      String app = failed ? "a" : "b";
      store.report(new StageReport(new StageKey(app, 0), "s", 2, 1, 0, 0, StageState.RUNNING));
      assertThat(stage(app).state()).isEqualTo("RUNNING");

      store.report(new ApplicationEnded(app, failed, ""));

      assertThat(stage(app).running()).isZero();
      assertThat(stage(app).state()).isEqualTo(failed ? "FAILED" : "DONE");
    }
  }

  private StageView stage(String app) {
    return store.detail(app).orElseThrow().stages().get(0).stage();
  }

  @Test
  void thatThereAreMoreProcessesThanAreShownIsToldOnce() {
    for (int i = 0; i < MonitorStore.MAX_PROCESSES + 5; i++) {
      store.report(report("p" + i, 1, 1));
    }

    assertThat(store.events().from(0))
        .extracting(EventLog.Event::text)
        .containsExactly("More than 300 processes: the others are not shown");
  }

  @Test
  @DisplayName("200 workers and 2,000 applications: what is streamed stays small")
  void aBigClusterIsStreamedWithoutWhatNobodySees() {
    store.seen(Views.big());
    for (ApplicationView app : Views.big().applications()) {
      for (int stage = 0; stage < ApplicationRecord.MAX_STAGES; stage++) {
        StageKey key = new StageKey(app.id(), stage);
        store.report(new StageReport(key, "map", 200, 2, 100, 0, StageState.RUNNING));
      }
    }
    ClusterView whole = store.cluster().orElseThrow();
    ClusterView streamed = whole.lean();

    assertThat(whole.isBig()).isTrue();
    assertThat(whole.applications()).allSatisfy(app -> assertThat(app.stages()).hasSize(50));
    assertThat(streamed.workers()).hasSize(200);
    assertThat(streamed.applications()).hasSize(2_000);
    assertThat(streamed.applications().subList(0, 200))
        .allSatisfy(
            app ->
                assertThat(app.stages())
                    .extracting(ClusterView.StageView::stageId)
                    .containsExactly(40, 41, 42, 43, 44, 45, 46, 47, 48, 49));
    assertThat(streamed.applications().subList(200, 2_000))
        .allSatisfy(app -> assertThat(app.stages()).isEmpty());
    assertThat(Json.bytes(streamed)).hasSizeLessThan(1 << 20);
  }

  @Test
  void onlySoManyEndedApplicationsAreKept() {
    String[] ids = IntStream.range(0, 70).mapToObj(i -> "a" + i).toArray(String[]::new);
    store.seen(Views.running(ids));
    store.seen(Views.cluster());

    assertThat(store.cluster().orElseThrow().applications())
        .hasSize(MonitorStore.MAX_ENDED_APPLICATIONS)
        .extracting(ApplicationView::id)
        .startsWith("a20");
  }

  private List<String> workers() {
    return store.cluster().orElseThrow().workers().stream()
        .map(worker -> worker.id() + " " + worker.state())
        .toList();
  }

  private List<String> applications() {
    return store.cluster().orElseThrow().applications().stream()
        .map(app -> app.id() + " " + app.state())
        .toList();
  }

  private void reportTasks(StageKey stage, int count) {
    store.report(
        new TaskReports(
            stage,
            IntStream.range(0, count)
                .mapToObj(i -> new TaskReport(i, 0, "w", TaskState.DONE, 1, ""))
                .toList()));
  }

  private long taskCount(String appId) {
    return store.detail(appId).orElseThrow().stages().stream()
        .mapToLong(stage -> stage.tasks().size())
        .sum();
  }

  private List<TaskState> tasks(StageKey stage) {
    return store.detail(stage.appId()).orElseThrow().stages().stream()
        .filter(known -> known.stage().stageId() == stage.stageId())
        .flatMap(known -> known.tasks().stream().map(TaskReport::state))
        .toList();
  }

  private static ProcessReport report(String id, long seconds, long handled) {
    return report(id, seconds, handled, Map.of());
  }

  private static ProcessReport report(
      String id, long seconds, long handled, Map<String, Number> pluginMetrics) {
    return new ProcessReport(
        new ProcessInfo(id, "name", "worker", 1, null),
        TimeUnit.SECONDS.toNanos(seconds),
        1,
        2,
        0,
        0,
        List.of(new EndpointReport("Worker", 3, handled, 0, 0)),
        List.of(),
        pluginMetrics);
  }
}
