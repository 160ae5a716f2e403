// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-12: kill -9 of the master while a job runs. */
@Timeout(180)
class FailOverIT {

  /** It costs nothing: when all have answered, nobody waits. */
  private static final String PATIENT = "--recovery-timeout=30s";

  @TempDir Path folder;
  private Launcher launcher;
  private WaitingJob job;

  @BeforeEach
  void prepare() throws Exception {
    launcher = new Launcher(folder);
    job = new WaitingJob(folder);
  }

  @AfterEach
  void close() throws Exception {
    try (Launcher all = launcher) {
      all.killAndAssertNothingLeft();
    }
  }

  /** With standbys: the next one finds the state in ZooKeeper. */
  @Test
  void aStandbyTakesOver() throws Exception {
    String zookeeper = start("zookeeper", "zookeeper").address();
    String ha = "--ha=zk://" + zookeeper + "/rpcenv";
    Server first = start("first", "master", ha, "--ha-timeout=5s", PATIENT);
    first.process().awaitLine("This master leads");
    Server second = start("second", "master", ha, "--ha-timeout=5s", PATIENT);
    second.process().awaitLine("This master is in standby");
    String masters = first.address() + "," + second.address();
    Launcher.Running submit = startJob(masters);

    first.process().signal("KILL");

    second.process().awaitLine("Recovery is complete: 1 worker(s), 1 application(s)");
    finish(submit);
    second.process().awaitLine("removed, FINISHED: it has finished");
  }

  /** A single master: started again, it finds its state in its folder. */
  @Test
  void aMasterThatIsStartedAgainGoesOn() throws Exception {
    Server first = start("first", "master", PATIENT);
    Launcher.Running submit = startJob(first.address());

    first.process().signal("KILL");
    first.process().exitCode();
    String port = first.address().substring(first.address().indexOf(':') + 1);
    Launcher.Running second = launcher.start("master", "--port", port, PATIENT);

    second.awaitLine("Recovery is complete: 1 worker(s), 1 application(s)");
    Launcher.Running state = launcher.start("state", "--master", first.address());
    assertThat(state.exitCode()).isZero();
    assertThat(state.output())
        .containsPattern("master: ALIVE, epoch \\d+\nworker w1: ALIVE, at .*, 1 executor")
        .containsPattern("application app-\\S+: RUNNING, ");
    finish(submit);
    second.awaitLine("removed, FINISHED: it has finished");
  }

  private record Server(Launcher.Running process, String address) {}

  private Server start(String name, String command, String... options) throws Exception {
    Path address = folder.resolve(name + ".address");
    String[] all = new String[options.length + 4];
    all[0] = command;
    all[1] = "--port=0";
    all[2] = "--address-file";
    all[3] = address.toString();
    System.arraycopy(options, 0, all, 4, options.length);
    Launcher.Running process = launcher.start(all);
    return new Server(process, Launcher.awaitAddress(address, process));
  }

  private Launcher.Running startJob(String masters) throws Exception {
    Launcher.Running worker =
        launcher.start("worker", "--name=w1", "--cores=1", "--master", masters);
    worker.awaitLine("is registered with the master");
    Launcher.Running submit = launcher.start(job.submit(masters));
    submit.awaitLine("is running");
    return submit;
  }

  private void finish(Launcher.Running submit) throws Exception {
    job.finish();
    assertThat(submit.exitCode()).as("%s", submit.output()).isZero();
    assertThat(submit.output()).doesNotContain("is lost").contains("[it was there]");
  }
}
