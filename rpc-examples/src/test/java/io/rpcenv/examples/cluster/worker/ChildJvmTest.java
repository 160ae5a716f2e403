// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-02: children of a process that ends. */
@Timeout(30)
class ChildJvmTest {

  @TempDir Path folder;

  @Test
  void whenAllAreEndedTheirTemporaryFilesAreGone() throws Exception {
    ChildJvm first = start("1");
    ChildJvm second = start("2");
    assertThat(folder.resolve("1")).isDirectoryContaining("glob:**/tmp-*");

    ChildJvm.endAll();

    assertThat(first.exitCode()).isCompleted();
    assertThat(second.exitCode()).isCompleted();
    assertThat(folder.resolve("1")).isDirectoryNotContaining("glob:**/tmp-*");
    assertThat(folder.resolve("2")).isDirectoryNotContaining("glob:**/tmp-*");
  }

  private ChildJvm start(String name) throws Exception {
    return ChildJvm.start(
        new ChildJvm.Spec(
            name,
            folder.resolve(name),
            1,
            64,
            Optional.empty(),
            DriverRunnerTest.Main.class.getName(),
            List.of("wait")));
  }
}
