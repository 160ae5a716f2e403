// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rpcenv.examples.cluster.data.InThisThread;
import io.rpcenv.examples.cluster.data.JobContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class IndexJobTest {

  @TempDir Path folder;

  @Test
  void eachWordLeadsToItsFiles() throws Exception {
    String a = Files.writeString(folder.resolve("a"), "to be\nor To\n").toString();
    String b = Files.writeString(folder.resolve("b"), "be").toString();
    String c = Files.writeString(folder.resolve("c"), "").toString();

    assertThat(
            IndexJob.lines(
                new IndexJob(List.of(b, a, c), 3).run(new JobContext(new InThisThread()))))
        .containsExactly("be " + a + " " + b, "or " + a, "to " + a);
  }

  @Test
  void withoutFilesThereIsNoJob() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IndexJob(List.of(), 1))
        .withMessage("files: none (expected: at least one)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IndexJob(List.of("f"), 0))
        .withMessage("partitions: 0 (expected: at least 1)");
  }
}
