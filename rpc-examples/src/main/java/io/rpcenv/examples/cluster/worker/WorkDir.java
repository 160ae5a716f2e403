// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.examples.cluster.FolderLock;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of one worker's applications and drivers: {@code APPLICATION/N} for executor N, and
 * {@code DRIVER}. They are kept for a while after the end, for people who look at logs. What an
 * earlier process of the worker left is taken for ended when this one starts. Nothing is deleted
 * but folders that carry the mark of having been made here. Owned by the worker's endpoint.
 */
public final class WorkDir implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkDir.class);
  // The name comes from another process and becomes a part of a path.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final String MARK = ".made-by-rpcenv-worker";

  private final Path root;
  private final FolderLock lock;
  private final Duration keep;
  private final LongSupplier nanoClock;
  private final Map<String, Long> endedAt = new HashMap<>();
  private BiConsumer<String, Path> logs = (name, file) -> {};

  /**
   * Takes a folder into use, and makes it if need be.
   *
   * @param root the folder, of this worker alone
   * @param keep how long folders stay after the end
   * @param nanoClock what that is measured with, usually {@code System::nanoTime}
   * @throws IOException if it cannot be made or read, or another process uses it
   */
  public WorkDir(Path root, Duration keep, LongSupplier nanoClock) throws IOException {
    this.root = Files.createDirectories(root).toAbsolutePath();
    this.lock = FolderLock.take(this.root);
    this.keep = keep;
    this.nanoClock = nanoClock;
    names().forEach(this::ended);
  }

  /** Returns the folder itself. */
  public Path root() {
    return root;
  }

  /** Returns how long folders stay after the end. */
  Duration keep() {
    return keep;
  }

  /** Names the log files of each process that is to come, such as {@code APPLICATION/N/stdout}. */
  void tellLogs(BiConsumer<String, Path> to) {
    logs = to;
  }

  Path createExecutorFolder(ExecutorId id) throws IOException {
    Path folder = createFolder(id.appId()).resolve(Integer.toString(id.number()));
    return withLogs(Files.createDirectories(folder), "executor.log");
  }

  Path createDriverFolder(String driverId) throws IOException {
    return withLogs(createFolder(driverId), "driver.log");
  }

  private Path withLogs(Path folder, String log) {
    for (String file : List.of(log, "stdout", "stderr")) {
      logs.accept(root.relativize(folder) + "/" + file, folder.resolve(file));
    }
    return folder;
  }

  private Path createFolder(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("id: " + name + " (expected: letters, digits, dots and dashes)");
    }
    Path folder = root.resolve(name);
    if (!Files.exists(folder)) {
      Files.createDirectory(folder);
      Files.createFile(folder.resolve(MARK));
    }
    endedAt.remove(name);
    return folder;
  }

  /** Takes note that an application or a driver has ended. */
  void ended(String name) {
    endedAt.putIfAbsent(name, nanoClock.getAsLong());
  }

  /** Deletes the folders whose time is over, unless something still runs there. */
  void cleanUp(Predicate<String> isInUse) {
    long now = nanoClock.getAsLong();
    endedAt.entrySet().stream()
        .filter(ended -> now - ended.getValue() >= keep.toNanos())
        .map(Map.Entry::getKey)
        .filter(name -> !isInUse.test(name))
        .toList()
        .forEach(this::delete);
  }

  private void delete(String name) {
    endedAt.remove(name);
    Path folder = root.resolve(name);
    try {
      if (Files.exists(folder.resolve(MARK))) {
        Files.walkFileTree(folder, new Deletion());
        LOG.info("Folder of [{}] deleted", name);
      }
    } catch (IOException e) {
      LOG.warn("Folder of [{}] cannot be deleted", name, e);
    }
  }

  /** Lets another process use the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(MARK)))
          .map(entry -> root.relativize(entry.toAbsolutePath()).toString())
          .filter(name -> NAME.matcher(name).matches())
          .toList();
    }
  }

  /** Deletes what it visits; links themselves, not what they point to. */
  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
