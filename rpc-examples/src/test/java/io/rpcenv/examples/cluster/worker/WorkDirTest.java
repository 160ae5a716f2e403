// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.examples.cluster.protocol.ExecutorId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CLU-02: folders of applications are kept for a while, and then cleaned up. */
@Timeout(10)
class WorkDirTest {

  private static final Duration KEEP = Duration.ofMinutes(1);

  @TempDir Path root;
  private final AtomicLong clock = new AtomicLong();
  private final List<Runnable> deletions = new ArrayList<>();

  private WorkDir open() throws IOException {
    return new WorkDir(root, KEEP, clock::get, deletions::add);
  }

  @Test
  void aFolderGoesWhenItsTimeIsOver() throws Exception {
    try (WorkDir work = open()) {
      Path folder = work.createExecutorFolder(new ExecutorId("app-1", 3));
      Files.writeString(folder.resolve("stdout"), "hello");
      assertThat(folder).isEqualTo(root.resolve("app-1/3"));

      clock.addAndGet(KEEP.toNanos());
      work.cleanUp(name -> false);
      assertThat(folder).as("the application runs").exists();
      work.ended("app-1");
      clock.addAndGet(KEEP.toNanos() - 1);
      work.cleanUp(name -> false);
      assertThat(folder).as("people still want to look at it").exists();
      clock.incrementAndGet();
      work.cleanUp(name -> true);
      assertThat(folder).as("something still runs there").exists();
      work.cleanUp(name -> false);

      assertThat(root.resolve("app-1")).doesNotExist();
      assertThat(deletions).hasSize(1);
      assertThat(work.createExecutorFolder(new ExecutorId("app-1", 4)))
          .as("while the old one is still being deleted")
          .isEmptyDirectory();
      deletions.get(0).run();
      assertThat(names()).containsExactlyInAnyOrder(".lock", "app-1");
    }
  }

  @Test
  void aDeletionThatWasInterruptedIsFinishedAtTheNextStart() throws Exception {
    try (WorkDir work = open()) {
      work.createDriverFolder("driver-1");
      work.ended("driver-1");
      clock.addAndGet(KEEP.toNanos());
      work.cleanUp(name -> false);
    }
    assertThat(names()).hasSize(2).doesNotContain("driver-1");
    deletions.clear();

    open().close();

    deletions.forEach(Runnable::run);
    assertThat(names()).containsOnly(".lock");
  }

  /** As on a full disk, or after a kill in between: without its mark it would stay forever. */
  @Test
  void thereIsNoFolderWithoutItsMark() throws Exception {
    Path blocked = Files.createFile(root.resolve(".new"));
    try (WorkDir work = open()) {
      assertThatThrownBy(() -> work.createDriverFolder("driver-1")).isInstanceOf(IOException.class);
      assertThat(root.resolve("driver-1")).doesNotExist();

      Files.delete(blocked);
      Files.createDirectory(blocked);
      assertThat(work.createDriverFolder("driver-1")).isNotEmptyDirectory();
      assertThat(blocked).doesNotExist();
    }
  }

  @Test
  void workersWithoutNamesUseTheFirstFolderThatIsFree() throws Exception {
    WorkDir first = unnamed();
    assertThat(first.root()).isEqualTo(root.resolve("unnamed-1"));
    try (WorkDir second = unnamed()) {
      assertThat(second.root()).isEqualTo(root.resolve("unnamed-2"));
      first.close();
      try (WorkDir third = unnamed()) {
        assertThat(third.root()).isEqualTo(first.root());
      }
    }
  }

  private WorkDir unnamed() throws IOException {
    return WorkDir.unnamed(root, KEEP, clock::get, deletions::add);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Test
  void whatAnEarlierProcessLeftGoesTooAndNothingElse() throws Exception {
    Path precious = Files.createDirectory(root.resolve("app-9"));
    Path link = root.resolve("outside");
    Files.createDirectory(link);
    try (WorkDir work = open()) {
      Path folder = work.createDriverFolder("driver-1");
      Files.createSymbolicLink(folder.resolve("link"), precious);
      Files.writeString(precious.resolve("file"), "keep me");
    }

    try (WorkDir work = open()) {
      clock.addAndGet(KEEP.toNanos());
      work.cleanUp(name -> false);
      deletions.forEach(Runnable::run);
    }

    assertThat(root.resolve("driver-1")).doesNotExist();
    assertThat(precious.resolve("file")).exists();
    assertThat(link).exists();
  }

  /** The worker was killed before it could delete them; people still look at the logs. */
  @Test
  void temporaryFilesOfEarlierChildrenGoAtOnce() throws Exception {
    Path executor;
    Path driver;
    Path other = Files.createDirectories(root.resolve("app-9/0/tmp-1"));
    try (WorkDir work = open()) {
      executor = work.createExecutorFolder(new ExecutorId("app-1", 3));
      driver = work.createDriverFolder("driver-1");
      Files.writeString(Files.createDirectory(executor.resolve("tmp-12")).resolve("block"), "1");
      Files.createDirectory(driver.resolve("tmp-3"));
      Files.createDirectory(driver.resolve("tmp-file"));
      Files.createDirectories(driver.resolve("results/tmp-4"));
      Files.writeString(executor.resolve("stdout"), "hello");
    }

    try (WorkDir work = open()) {
      Path fresh = Files.createDirectory(work.createDriverFolder("driver-1").resolve("tmp-5"));
      deletions.forEach(Runnable::run);

      assertThat(executor).isDirectoryNotContaining("glob:**/tmp-*");
      assertThat(executor.resolve("stdout")).exists();
      assertThat(driver.resolve("tmp-3")).doesNotExist();
      assertThat(fresh).as("of a new attempt at the same driver").exists();
      assertThat(driver.resolve("tmp-file")).as("what the driver calls so").exists();
      assertThat(driver.resolve("results/tmp-4")).as("the driver's own").exists();
      assertThat(other).as("not made by a worker").exists();
    }
  }

  @Test
  void theLogsOfEachProcessAreNamed() throws Exception {
    Map<String, Path> logs = new TreeMap<>();
    try (WorkDir work = open()) {
      work.tellLogs(logs::put);
      work.createExecutorFolder(new ExecutorId("app-1", 3));
      work.createDriverFolder("driver-1");
    }

    assertThat(logs.keySet())
        .containsExactly(
            "app-1/3/executor.log",
            "app-1/3/stderr",
            "app-1/3/stdout",
            "driver-1/driver.log",
            "driver-1/stderr",
            "driver-1/stdout");
    assertThat(logs).containsEntry("app-1/3/stdout", root.resolve("app-1/3/stdout"));
  }

  @Test
  void twoWorkersCannotShareAFolder() throws Exception {
    try (WorkDir first = open()) {
      assertThat(first.root()).isEqualTo(root);
      assertThatThrownBy(this::open).hasMessage(root + " is in use by another process");
    }
    open().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../app", "a/b", "", ".hidden"})
  void anIdThatIsNoPlainNameIsRefused(String id) throws Exception {
    try (WorkDir work = open()) {
      assertThatThrownBy(() -> work.createDriverFolder(id))
          .hasMessage("id: " + id + " (expected: letters, digits, dots and dashes)");
    }
  }

  /** Even if there is a folder of a worker. */
  @ParameterizedTest
  @ValueSource(strings = {"..", "../app", "a/b", "", ".hidden"})
  void anIdThatIsNoPlainNameDeletesNothing(String id) throws Exception {
    Path elsewhere = Files.createDirectories(root.resolve("work").resolve(id).normalize());
    Path mark = Files.write(elsewhere.resolve(".made-by-rpcenv-worker"), new byte[0]);
    try (WorkDir work = new WorkDir(root.resolve("work"), KEEP, clock::get, Runnable::run)) {
      work.ended(id);
      clock.addAndGet(KEEP.toNanos());
      work.cleanUp(name -> false);

      assertThat(mark).exists();
    }
  }
}
