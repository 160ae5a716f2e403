// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
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

  /** A JVM without memory says so where programs print their results. */
  @Test
  void itsLastWordsAreToldThoughItSaidMore() throws Exception {
    ChildJvm child = start("1", Greedy.class);

    int exitCode = child.exitCode().get(20, SECONDS);

    assertThat(child.describeEnd(exitCode))
        .startsWith("its process ended with exit code 3, saying: Terminating due to")
        .contains("java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void aResultIsNoReason() throws Exception {
    ChildJvm child = start("1", Plain.class);

    assertThat(child.describeEnd(child.exitCode().get(20, SECONDS)))
        .isEqualTo(
            "its process ended with exit code 0 (log: " + folder.resolve("1").toString() + ")");
  }

  /** Prints a result. */
  public static final class Plain {
    private Plain() {}

    /** Runs the program. */
    public static void main(String[] args) {
      System.out.println("42");
    }
  }

  /** Takes all memory there is. */
  public static final class Greedy {
    private Greedy() {}

    /** Runs the program. */
    public static void main(String[] args) {
      System.err.println("a remark");
      List<long[]> all = new ArrayList<>();
      while (all.size() < Integer.MAX_VALUE) {
        all.add(new long[1 << 17]);
      }
    }
  }

  private ChildJvm start(String name) throws Exception {
    return start(name, DriverRunnerTest.Main.class, "wait");
  }

  private ChildJvm start(String name, Class<?> main, String... arguments) throws Exception {
    return ChildJvm.start(
        new ChildJvm.Spec(
            name,
            folder.resolve(name),
            1,
            64,
            Optional.empty(),
            main.getName(),
            List.of(arguments)));
  }
}
