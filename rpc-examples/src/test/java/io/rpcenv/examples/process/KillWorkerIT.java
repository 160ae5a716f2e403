// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of {@code kill-worker.sh} with a smaller file. The whole: {@code
 * rpc-examples/src/test/scripts/kill-worker.sh 10 200}.
 */
@Timeout(300)
class KillWorkerIT {

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
  void thePartitionOfAKilledWorkerIsDoneElsewhereAndCountedOnce() throws Exception {
    Launcher.Running script =
        launcher.run(List.of(launcher.script("kill-worker.sh").toString(), "1", "60"));

    assertThat(script.exitCode()).as("%s", script.output()).isZero();
    assertThat(script.output()).contains("All 1 runs are right.");
    launcher.assertNothingLeft();
  }
}
