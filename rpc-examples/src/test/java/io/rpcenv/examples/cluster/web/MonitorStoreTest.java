// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

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
import io.rpcenv.examples.cluster.web.ClusterView.WorkerView;
import io.rpcenv.examples.cluster.web.ProcessView.Sample;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
      StageKey stage = new StageKey("a", 0, i);
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
    StageKey stage = new StageKey("a", 0, 0);
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

  private static ProcessReport report(String id, long seconds, long handled) {
    return new ProcessReport(
        new ProcessInfo(id, "name", "worker", 1, null),
        TimeUnit.SECONDS.toNanos(seconds),
        1,
        2,
        0,
        0,
        List.of(new EndpointReport("Worker", 3, handled, 0, 0)),
        List.of());
  }
}
