// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of the cluster that hang or die, and the others that notice. */
@Timeout(120)
class ClusterIT {

  @TempDir Path folder;
  private Launcher launcher;

  @BeforeEach
  void prepare() {
    launcher = new Launcher(folder);
  }

  @AfterEach
  void close() {
    launcher.close();
  }

  @Test
  void aWorkerThatHangsExpiresAndComesBackWhenItGoesOn() throws Exception {
    Path address = folder.resolve("address");
    Launcher.Running master = startMaster(address, "0");
    Launcher.Running worker = startWorker(Launcher.awaitAddress(address, master));
    master.awaitLine("Worker [w1] registered");

    worker.signal("STOP");
    master.awaitLine("Worker [w1] removed: it sent no heartbeat for too long");
    worker.signal("CONT");

    master.awaitLine("Unknown worker [w1] sent a heartbeat");
    worker.awaitLine("it asked this worker to register again");
    assertThat(submit(Files.readString(address).strip()).exitCode()).isZero();
  }

  @Test
  void aWorkerSurvivesADeadMasterAndServesTheNextOne() throws Exception {
    Path address = folder.resolve("address");
    Launcher.Running first = startMaster(address, "0");
    String where = Launcher.awaitAddress(address, first);
    Launcher.Running worker = startWorker(where);
    worker.awaitLine("is registered with the master");

    first.signal("KILL");
    first.exitCode();
    worker.awaitLine("lost the master");
    Path again = folder.resolve("address2");
    Launcher.Running second = startMaster(again, where.substring(where.indexOf(':') + 1));

    assertThat(Launcher.awaitAddress(again, second)).isEqualTo(where);
    second.awaitLine("Recovery is complete: 1 worker(s)");
    assertThat(submit(where).exitCode()).isZero();
  }

  private Launcher.Running startMaster(Path address, String port) throws Exception {
    return launcher.start(
        "master",
        "--worker-timeout=1s",
        "--recovery-timeout=30s",
        "--web-port=0",
        "--port",
        port,
        "--address-file",
        address.toString());
  }

  private Launcher.Running startWorker(String master) throws Exception {
    return launcher.start("worker", "--name", "w1", "--master", master);
  }

  private Launcher.Running submit(String master) throws Exception {
    return launcher.start("submit", "--master", master, "sum");
  }
}
