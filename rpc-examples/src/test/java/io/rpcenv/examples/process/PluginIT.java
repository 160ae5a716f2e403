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

/** PLG-05: the parts of a plugin as processes of their own. */
@Timeout(120)
class PluginIT {

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

  /** PLG-05 */
  @Test
  void theDriverPrintsTenTimesTheValueOfEachExecutor() throws Exception {
    Path address = folder.resolve("address");
    Launcher.Running driver =
        launcher.start(
            "plugin-driver", "--port", "0", "--address-file", address.toString(), "--stop-on-eof");
    String at = Launcher.awaitAddress(address, driver);
    for (int value : new int[] {4, -7}) {
      Launcher.Running executor = launcher.start("plugin-executor", "--driver", at, "" + value);
      assertThat(executor.exitCode()).as("%s", executor.output()).isZero();
      assertThat(executor.output()).matches("Executor \\d+ has sent its value\\.");
    }
    driver.closeInput();
    assertThat(driver.exitCode()).isZero();
    assertThat(driver.output())
        .containsPattern("final value of executor \\d+: 40\nfinal value of executor \\d+: -70");
    launcher.assertNothingLeft();
  }

  @Test
  void anExecutorWithoutADriverSaysWhatToDo() throws Exception {
    Launcher.Running executor = launcher.start("plugin-executor", "--driver", "127.0.0.1:1", "4");
    assertThat(executor.exitCode()).isEqualTo(3);
    assertThat(executor.output())
        .endsWith("error: no driver at 127.0.0.1:1 (start one: bin/rpcenv plugin-driver)");
  }

  @Test
  void aValueThatIsNoNumberIsRefused() throws Exception {
    Launcher.Running executor = launcher.start("plugin-executor", "four");
    assertThat(executor.exitCode()).isEqualTo(2);
    assertThat(executor.output()).isEqualTo("error: VALUE: [four] (expected: one number)");
  }
}
