// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors and drivers as processes of workers, and the commands that look at them. */
@Timeout(180)
class OperationIT {

  @TempDir Path folder;
  private Launcher launcher;

  @BeforeEach
  void prepare() {
    launcher = new Launcher(folder);
  }

  @AfterEach
  void close() throws Exception {
    try (Launcher all = launcher) {
      all.killAndAssertNothingLeft();
    }
  }

  /** CLU-02, CLU-03: limits, logs, a thread dump, and the end of an executor with its worker. */
  @Test
  void anExecutorIsAProcessThatEndsWithItsWorker() throws Exception {
    String master = startMaster();
    Launcher.Running worker = startWorker(master, "--cores", "1");
    Launcher.Running submit = launcher.start(new WaitingJob(folder).submit(master));
    submit.awaitLine("is running");

    String executor = await("executor (\\S+): RUNNING on w1, 1 core", "executors", master);
    ProcessHandle process = launcher.processOf("rpcenv.log.name=executor");
    assertThat(process.info().commandLine().orElseThrow())
        .contains("-Xmx512m", "-XX:ActiveProcessorCount=1");
    assertThat(run("dump", executor, master))
        .contains("process " + process.pid(), "\"task-" + executor + "\" RUNNABLE");
    assertThat(folder.resolve("work/w1").resolve(executor).resolve("stdout"))
        .content()
        .startsWith("Executor " + executor + " runs at 127.0.0.1:");

    worker.signal("KILL");

    process.onExit().get();
    submit.awaitLine("is lost and will run again");
    String app = executor.substring(0, executor.indexOf('/'));
    assertThat(run("kill", app, master)).isEqualTo("application " + app + " was killed");
    assertThat(submit.exitCode()).isEqualTo(1);
    assertThat(submit.output()).contains("the master gave up on it: somebody killed it");
  }

  /** CLU-02: an executor that dies is reported with its exit code, and replaced. */
  @Test
  void anExecutorThatIsKilledIsReplacedAndItsFoldersGo() throws Exception {
    String master = startMaster();
    Launcher.Running worker = startWorker(master, "--keep-finished", "100ms");
    WaitingJob job = new WaitingJob(folder);
    Launcher.Running submit = launcher.start(job.submit(master));
    submit.awaitLine("is running");

    launcher.processOf("rpcenv.log.name=executor").destroyForcibly();

    worker.awaitLine("its process ended with exit code 137");
    submit.awaitLine("attempt 2 is running");
    job.finish();
    assertThat(submit.exitCode()).as("%s", submit.output()).isZero();
    worker.awaitLine("Folder of [app-"); // of the one or the other executor
    awaitNothingButTheLock(folder.resolve("work/w1"));
  }

  private static void awaitNothingButTheLock(Path work) throws Exception {
    try (WatchService changes = work.getFileSystem().newWatchService()) {
      work.register(changes, StandardWatchEventKinds.ENTRY_DELETE);
      while (!filesIn(work).equals(List.of(".lock"))) {
        changes.take().reset();
      }
    }
  }

  private static List<String> filesIn(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** CLU-02: what an executor and a driver keep in files goes with them, when a signal ends it. */
  @Test
  void whoIsToldToEndLeavesNoTemporaryFiles() throws Exception {
    String master = startMaster();
    Launcher.Running worker = startWorker(master, "--cores", "1");
    Launcher.Running submit = launcher.start(new WaitingJob(folder).submit(master));
    submit.awaitLine("is running");
    List<Path> ofExecutor = temporary(folder.resolve("work"), "tmp-");
    assertThat(ofExecutor).hasSize(1);
    for (int i = 0; i < 10_000; i++) { // so that deleting them takes a moment
      Files.createFile(ofExecutor.get(0).resolve("shuffle-" + i));
    }
    assertThat(temporary(launcher.temporary(), "rpcenv-driver-")).hasSize(1);

    worker.signal("TERM");
    assertThat(worker.exitCode()).isEqualTo(143);
    submit.signal("INT");
    assertThat(submit.exitCode()).isEqualTo(130);

    assertThat(temporary(folder.resolve("work"), "tmp-")).isEmpty();
    assertThat(temporary(launcher.temporary(), "rpcenv-driver-")).isEmpty();
  }

  private static List<Path> temporary(Path below, String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  /** CLU-04, OUT-03: a driver that runs on a worker is submitted, followed and looked at. */
  @Test
  void aDriverRunsOnAWorker() throws Exception {
    String master = startMaster();
    startWorker(master, "--cores", "2");

    Launcher.Running submit =
        launcher.start("submit", "--deploy-mode=cluster", "--follow", "--master", master, "sum");

    assertThat(submit.exitCode()).as("%s", submit.output()).isZero();
    String id = find("(?m)^(driver-\\S+)$", submit.output());
    assertThat(submit.output()).contains("driver " + id + " is FINISHED on w1");
    assertThat(run("status", id, master))
        .isEqualTo("driver " + id + ": FINISHED on w1, exit code 0");
    assertThat(folder.resolve("work/w1").resolve(id).resolve("stdout")).content().contains("5050");
  }

  /** CLU-04, OUT-03: a driver has really started when submit ends; it is killed; none is left. */
  @Test
  void aDriverThatRunsIsKilledAndOneThatCannotSaysWhy() throws Exception {
    String master = startMaster();
    Launcher.Running worker = startWorker(master, "--cores", "2");
    Launcher.Running submit =
        launcher.start(new WaitingJob(folder).submit(master, "--deploy-mode=cluster"));
    assertThat(submit.exitCode()).as("%s", submit.output()).isZero();
    String id = find("(?m)^(driver-\\S+)$", submit.output());
    assertThat(run("status", id, master)).isEqualTo("driver " + id + ": RUNNING on w1");
    worker.awaitLine("Executor [app-");
    List<ProcessHandle> processes =
        List.of(
            launcher.processOf("rpcenv.log.name=driver"),
            launcher.processOf("rpcenv.log.name=executor"));

    assertThat(run("kill", id, master)).isEqualTo("driver " + id + " is being killed");
    worker.awaitLine("Driver [" + id + "] ended, KILLED");
    for (ProcessHandle process : processes) {
      process.onExit().get();
    }

    Launcher.Running bad =
        launcher.start(
            "submit",
            "--deploy-mode=cluster",
            "--follow",
            "--main-class=no.such.Main",
            "--master",
            master);
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.output())
        .contains("main class: no.such.Main (expected: a class of the jar or the cluster)");
  }

  private String startMaster() throws Exception {
    Path address = folder.resolve("master.address");
    return Launcher.awaitAddress(
        address, launcher.start("master", "--port", "0", "--address-file", address.toString()));
  }

  private Launcher.Running startWorker(String master, String... options) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("worker", "--name", "w1", "--master", master), Stream.of(options))
            .toList();
    Launcher.Running worker = launcher.start(command.toArray(String[]::new));
    worker.awaitLine("is registered with the master");
    return worker;
  }

  /** Runs a command that must succeed: name, arguments, the master's address. */
  private String run(String... args) throws Exception {
    String[] command = args.clone();
    command[args.length - 1] = "--master=" + args[args.length - 1];
    Launcher.Running running = launcher.start(command);
    assertThat(running.exitCode()).as("%s", running.output()).isZero();
    return running.output();
  }

  /** Runs a command until it says so; the test's time limit ends it otherwise. */
  private String await(String pattern, String... args) throws Exception {
    String output = run(args);
    while (!Pattern.compile(pattern).matcher(output).find()) {
      output = run(args);
    }
    return find(pattern, output);
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
