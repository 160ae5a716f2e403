// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.driver.JobProgress.Attempt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person sees of a job on the console. */
class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private long now;

  private static TaskSet tasks(int stage, String name, int count) {
    SortedMap<Integer, byte[]> splits = new TreeMap<>();
    IntStream.range(0, count).forEach(i -> splits.put(i, new byte[0]));
    return new TaskSet(stage, name, splits, Map.of(), 0);
  }

  private static Attempt attempt(int stage, int partition) {
    return new Attempt(stage, partition, 0, "w1");
  }

  /** Returns what stands on the screen: the last of what was drawn in each line. */
  private List<String> screen() {
    return Stream.of(bytes.toString(UTF_8).split("\n"))
        .map(line -> line.substring(line.lastIndexOf('\r') + 1).replace("\u001b[K", ""))
        .toList();
  }

  @Test
  void aBarGrowsWithTheTasksThatAreDone() {
    BarProgress bar = new BarProgress(out, () -> now += 1_000_000_000);
    bar.stageBegan(tasks(0, "words", 3));
    assertThat(screen()).containsExactly("  [..............................] 0/3  stage 0, words");

    bar.taskRunning(attempt(0, 0));
    bar.taskRunning(attempt(0, 1));
    bar.taskFinished(attempt(0, 0));
    assertThat(screen())
        .containsExactly("  [##########....................] 1/3  stage 0, words, 1 running");

    bar.taskFinished(attempt(0, 1));
    bar.taskFinished(attempt(0, 2));
    bar.stageBegan(tasks(1, "counts", 1));
    assertThat(screen())
        .containsExactly(
            "  [##############################] 3/3  stage 0, words",
            "  [..............................] 0/1  stage 1, counts");
  }

  @Test
  void whatGoesWrongIsToldAboveTheBar() {
    BarProgress bar = new BarProgress(out, () -> now += 1_000_000_000);
    bar.executorAdded("w1");
    bar.stageBegan(tasks(0, "words", 2));
    bar.taskRunning(attempt(0, 0));
    bar.taskFailed(attempt(0, 0), "no such file");
    bar.executorLost("w1", "it was killed");
    bar.executorEnded("app-0/1", "FAILED: exit code 9");

    assertThat(screen())
        .containsExactly(
            "  w1 is ready",
            "  partition 0 on w1 failed: no such file",
            "  w1 is lost: it was killed",
            "  executor app-0/1 ended, FAILED: exit code 9",
            "  [..............................] 0/2  stage 0, words");
  }

  @Test
  void whatIsLateFromAnotherStageDoesNotCount() {
    BarProgress bar = new BarProgress(out, () -> now += 1_000_000_000);
    bar.stageBegan(tasks(1, "counts", 2));
    bar.taskRunning(attempt(0, 0));
    bar.taskFinished(attempt(0, 0));
    bar.taskFinished(attempt(1, 0));

    assertThat(screen()).containsExactly("  [###############...............] 1/2  stage 1, counts");
  }

  @Test
  void aBarIsNotDrawnForEachOfManyTasks() {
    BarProgress bar = new BarProgress(out, () -> now += 10_000);
    bar.stageBegan(tasks(0, "many", 10_000));
    IntStream.range(0, 10_000)
        .forEach(
            i -> {
              bar.taskRunning(attempt(0, i));
              bar.taskFinished(attempt(0, i));
            });

    assertThat(bytes.toString(UTF_8).split("\r", -1)).hasSizeLessThan(20);
    assertThat(screen()).hasSize(1).first().asString().contains("] 10000/10000  stage 0, many");
  }

  @Test
  void aLineForEachTaskUnlessThereAreMany() {
    ConsoleProgress lines = new ConsoleProgress(out);
    lines.stageBegan(tasks(0, "few", 1));
    lines.taskRunning(attempt(0, 0));
    lines.taskFinished(attempt(0, 0));
    lines.stageBegan(tasks(1, "many", 1000));
    for (int i = 0; i < 1000; i++) {
      lines.taskRunning(attempt(1, i));
      lines.taskFinished(attempt(1, i));
    }

    List<String> all = screen();
    assertThat(all)
        .hasSize(14)
        .startsWith(
            "  stage 0, few: 1 task(s)",
            "  partition 0 on w1 is running",
            "  partition 0 on w1 is done (1 of 1)",
            "  stage 1, many: 1000 task(s)",
            "  100 of 1000 are done")
        .endsWith("  1000 of 1000 are done");
  }

  @Test
  void whichOneIsAnOption() throws Exception {
    assertThat(progress("--progress=lines")).isInstanceOf(ConsoleProgress.class);
    assertThat(progress("--progress=bars")).isInstanceOf(BarProgress.class);
    assertThat(progress("--progress=none")).isSameAs(JobProgress.NONE);
    assertThat(progress()).isInstanceOf(ConsoleProgress.class);
    assertThatThrownBy(() -> progress("--progress=loud"))
        .isInstanceOf(CommandException.class)
        .hasMessage("--progress: loud (expected: bars, lines or none)");
  }

  private JobProgress progress(String... args) throws CommandException {
    Options options = Options.parse(List.of(args), Set.of(JobProgress.OPTION), Set.of());
    return JobProgress.of(options, out);
  }
}
