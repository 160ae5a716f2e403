// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ApplicationEnded;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.EventReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.ProcessReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.Severity;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.StageReport;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReports;
import io.rpcenv.examples.cluster.web.ClusterView.ApplicationView;
import io.rpcenv.examples.cluster.web.ClusterView.ExecutorView;
import io.rpcenv.examples.cluster.web.ClusterView.WorkerView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the monitor knows: what the processes report, and what the master's state was, so that what
 * has gone can be shown for a while. Everything is bounded: of too many the oldest are forgotten. A
 * process that says nothing any more, and a worker that has gone, stay for a while. For one thread.
 */
final class MonitorStore {

  static final int MAX_PROCESSES = 300;
  static final int MAX_GONE_WORKERS = 50;
  static final int MAX_ENDED_APPLICATIONS = 50;
  static final int ENDED_WITH_TASKS = 5;
  static final int MAX_TASKS = 20_000;
  static final long PROCESS_KEPT_MILLIS = 60_000;
  static final long WORKER_KEPT_MILLIS = 600_000;
  static final long UNSEEN_APPLICATION_MILLIS = 10_000;
  private static final int MAX_UNSEEN_APPLICATIONS = 200;
  private static final int TASKS_BETWEEN_COUNTS = 2_000;

  private final LongSupplier clock;
  private final EventLog events = new EventLog();
  private final Map<String, ProcessRecord> processes = new LinkedHashMap<>();
  private final Map<String, WorkerView> goneWorkers = new LinkedHashMap<>();
  private final Map<String, ApplicationRecord> applications = new LinkedHashMap<>();
  private Optional<ClusterView> last = Optional.empty();
  private Set<String> lastApplications = Set.of();
  private boolean toldOfTooManyProcesses;
  private int tasksSinceCount;

  /**
   * Makes one that knows nothing.
   *
   * @param clock milliseconds since 1970
   */
  MonitorStore(LongSupplier clock) {
    this.clock = clock;
  }

  EventLog events() {
    return events;
  }

  // --- what processes say

  void report(ProcessReport report) {
    String id = Texts.cut(report.process().id());
    ProcessRecord known = processes.get(id);
    if (known != null) {
      known.update(report, clock.getAsLong());
    } else if (processes.size() < MAX_PROCESSES || forgetAProcess()) {
      processes.put(id, new ProcessRecord(report, clock.getAsLong()));
    } else if (!toldOfTooManyProcesses) {
      toldOfTooManyProcesses = true;
      warn("Monitor", "More than " + MAX_PROCESSES + " processes: the others are not shown");
    }
  }

  void processEnded(String id) {
    ProcessRecord process = processes.get(id);
    if (process != null) {
      process.end();
    }
  }

  void report(StageReport report) {
    application(report.stage().appId()).stage(report.stage()).update(report);
  }

  void report(TaskReports report) {
    application(report.stage().appId()).stage(report.stage()).update(report.tasks());
    tasksSinceCount += report.tasks().size();
    if (tasksSinceCount > TASKS_BETWEEN_COUNTS) {
      tasksSinceCount = 0;
      forgetTasks();
    }
  }

  void applicationStarted(String appId, String name) {
    application(appId).named(name);
  }

  void report(ApplicationEnded report) {
    application(report.appId()).ended(report.failed(), report.message(), clock.getAsLong());
    tellEnds();
  }

  void report(EventReport report) {
    events.add(clock.getAsLong(), report.severity(), report.subject(), report.text());
  }

  // --- what the master says, and what is wanted of it

  /** Takes in the master's state, and notes what changed since the one before. */
  void seen(ClusterView now) {
    seeWorkers(now.workers());
    seeApplications(now.applications());
    if (now.master().leads()) {
      seeWhichAreGone(now.applications());
    }
    tellEnds();
    seeExecutors(now.executors());
    last = Optional.of(now);
    lastApplications = ids(now.applications());
    expire();
  }

  void killWanted(String appId, String why) {
    ApplicationRecord app = applications.get(appId);
    if (app != null) {
      app.killed(why);
    }
  }

  // --- what is shown

  /** Returns the master's last state with what is known beyond it. */
  Optional<ClusterView> cluster() {
    return last.map(
        view -> {
          List<WorkerView> workers = new ArrayList<>(view.workers());
          workers.addAll(goneWorkers.values());
          return new ClusterView(
              view.master(), workers, applicationViews(), view.executors(), view.drivers());
        });
  }

  Optional<ApplicationDetail> detail(String appId) {
    return Optional.ofNullable(applications.get(appId)).map(ApplicationRecord::detail);
  }

  List<ProcessView> processes() {
    long now = clock.getAsLong();
    return processes.values().stream().map(process -> process.view(now)).toList();
  }

  /** Returns whom to ask for the logs of a process. */
  Optional<RpcEndpointRef> reporter(String processId) {
    return Optional.ofNullable(processes.get(processId)).map(p -> p.report().process().reporter());
  }

  private List<ApplicationView> applicationViews() {
    return Stream.concat(
            applications.values().stream().filter(app -> !app.hasEnded()),
            endedApplications().stream())
        .map(ApplicationRecord::view)
        .toList();
  }

  /** Returns those that have ended, the first that did so first. */
  private List<ApplicationRecord> endedApplications() {
    return applications.values().stream()
        .filter(ApplicationRecord::hasEnded)
        .sorted(Comparator.comparingLong(ApplicationRecord::endedAt))
        .toList();
  }

  // --- comparing

  private void seeWorkers(List<WorkerView> now) {
    Map<String, WorkerView> before = new LinkedHashMap<>();
    last.ifPresent(view -> view.workers().forEach(worker -> before.put(worker.id(), worker)));
    for (WorkerView worker : now) {
      goneWorkers.remove(worker.id());
      WorkerView known = before.remove(worker.id());
      if (known == null) {
        info(worker.id(), "Worker registered with " + worker.cores() + " core(s)");
      } else if (!known.state().equals(worker.state())) {
        info(worker.id(), "Worker is " + worker.state().toLowerCase(Locale.ROOT) + " now");
      }
    }
    for (WorkerView worker : before.values()) {
      goneWorkers.put(worker.id(), worker.gone(clock.getAsLong()));
      warn(worker.id(), "Worker is gone");
    }
    forgetEldest(goneWorkers, worker -> true, goneWorkers.size() - MAX_GONE_WORKERS);
  }

  private void seeApplications(List<ApplicationView> now) {
    for (ApplicationView view : now) {
      ApplicationRecord app = applications.get(view.id());
      if (app == null && view.isOver()) {
        continue; // the master's memory may be longer than this one
      }
      if (app == null) {
        app = new ApplicationRecord(view.id(), view.startedAt().orElse(clock.getAsLong()));
        applications.put(view.id(), app);
        info(view.name(), "Application " + view.id() + " registered");
      }
      app.seen(view, clock.getAsLong());
    }
  }

  private void seeWhichAreGone(List<ApplicationView> now) {
    Set<String> seen = ids(now);
    for (ApplicationRecord app : applications.values()) {
      // One that was only heard of from its driver may be on its way to the master's list.
      boolean expected = clock.getAsLong() - app.seenAt() <= UNSEEN_APPLICATION_MILLIS;
      boolean wasSeen = lastApplications.contains(app.id());
      if (!app.hasEnded() && !seen.contains(app.id()) && (wasSeen || !expected)) {
        app.gone(clock.getAsLong());
      }
    }
  }

  private void seeExecutors(List<ExecutorView> now) {
    Map<String, ExecutorView> before = new LinkedHashMap<>();
    last.ifPresent(view -> view.executors().forEach(e -> before.put(e.id(), e)));
    for (ExecutorView executor : now) {
      if (before.remove(executor.id()) == null) {
        info(executor.id(), "Executor goes to worker " + executor.workerId());
      }
    }
    before.values().forEach(e -> info(e.id(), "Executor on worker " + e.workerId() + " has ended"));
  }

  private static Set<String> ids(List<ApplicationView> applications) {
    return applications.stream().map(ApplicationView::id).collect(Collectors.toSet());
  }

  private void tellEnds() {
    long now = clock.getAsLong();
    applications.values().stream().filter(app -> app.takeNewEnd(now)).forEach(this::tellEnd);
  }

  private void tellEnd(ApplicationRecord app) {
    String text = "Application " + app.id() + " is " + app.state().toLowerCase(Locale.ROOT);
    String why = app.message().isEmpty() ? "" : ": " + app.message();
    boolean isFine = app.state().equals("FINISHED") || app.state().equals("ENDED");
    events.add(
        clock.getAsLong(), isFine ? Severity.INFO : Severity.WARNING, app.name(), text + why);
  }

  private void info(String subject, String text) {
    events.add(clock.getAsLong(), Severity.INFO, subject, text);
  }

  private void warn(String subject, String text) {
    events.add(clock.getAsLong(), Severity.WARNING, subject, text);
  }

  // --- forgetting

  /** Returns the application; a new one, if it is not known, for it may have just started. */
  private ApplicationRecord application(String appId) {
    String id = Texts.cut(appId);
    ApplicationRecord known = applications.get(id);
    if (known != null) {
      return known;
    }
    Predicate<ApplicationRecord> isUnseen = app -> !lastApplications.contains(app.id());
    long unseen = applications.values().stream().filter(isUnseen).count();
    forgetEldest(applications, isUnseen, unseen + 1 - MAX_UNSEEN_APPLICATIONS);
    ApplicationRecord app = new ApplicationRecord(id, clock.getAsLong());
    applications.put(id, app);
    return app;
  }

  private void expire() {
    long now = clock.getAsLong();
    processes.values().removeIf(p -> !p.isLive(now) && now - p.heardAt() > PROCESS_KEPT_MILLIS);
    goneWorkers.values().removeIf(worker -> now - worker.goneAt().orElse(now) > WORKER_KEPT_MILLIS);
    List<ApplicationRecord> ended = endedApplications();
    allButLast(MAX_ENDED_APPLICATIONS, ended).forEach(app -> applications.remove(app.id()));
    allButLast(ENDED_WITH_TASKS, ended).forEach(app -> app.forgetTasks(Integer.MAX_VALUE));
  }

  private static <T> Stream<T> allButLast(int count, List<T> list) {
    return list.stream().limit(Math.max(0, list.size() - count));
  }

  /** Forgets what is too much: of what has ended first, then of what has run longest. */
  private void forgetTasks() {
    int excess =
        applications.values().stream().mapToInt(ApplicationRecord::taskCount).sum() - MAX_TASKS;
    List<ApplicationRecord> byEnd =
        applications.values().stream()
            .sorted(Comparator.comparingLong(ApplicationRecord::endedAt))
            .toList();
    for (ApplicationRecord app : byEnd) {
      int before = app.taskCount();
      app.forgetTasks(excess);
      excess -= before - app.taskCount();
    }
  }

  private boolean forgetAProcess() {
    long now = clock.getAsLong();
    return forgetEldest(processes, process -> !process.isLive(now), 1);
  }

  private static <V> boolean forgetEldest(Map<String, V> map, Predicate<V> which, long count) {
    List<String> eldest =
        map.entrySet().stream()
            .filter(entry -> which.test(entry.getValue()))
            .limit(Math.max(0, count))
            .map(Map.Entry::getKey)
            .toList();
    eldest.forEach(map::remove);
    return !eldest.isEmpty();
  }
}
