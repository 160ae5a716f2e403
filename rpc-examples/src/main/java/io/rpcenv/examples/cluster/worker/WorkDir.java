// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.examples.cluster.FolderLock;
import io.rpcenv.examples.cluster.Folders;
import io.rpcenv.examples.cluster.protocol.ExecutorId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of one worker's applications and drivers: {@code APPLICATION/N} for executor N, and
 * {@code DRIVER}. They are kept for a while after the end, for people who look at logs. What an
 * earlier process of the worker left is taken for ended when this one starts, and its children's
 * temporary files are deleted then. Nothing is deleted but folders that carry the mark of having
 * been made here. Owned by the worker's endpoint.
 */
public final class WorkDir implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkDir.class);
  // The name comes from another process and becomes a part of a path.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  // Of executor N or of a driver, see ChildJvm; and not what a driver may call so itself.
  private static final Pattern TEMPORARY =
      Pattern.compile("([0-9]+/)?" + ChildJvm.TEMPORARY + "[0-9]+");
  private static final String MARK = ".made-by-rpcenv-worker";
  private static final String NEW = ".new";
  private static final String DOOMED = ".deleted-";
  private static final int MOST_UNNAMED = 100;

  private final Path root;
  private final FolderLock lock;
  private final Duration keep;
  private final LongSupplier nanoClock;
  private final Executor deletion;
  private final Map<String, Long> endedAt = new HashMap<>();
  private BiConsumer<String, Path> logs = (name, file) -> {};

  /**
   * Takes a folder into use, and makes it if need be.
   *
   * @param root the folder, of this worker alone
   * @param keep how long folders stay after the end
   * @param nanoClock what that is measured with, usually {@code System::nanoTime}
   * @param deletion where folders are deleted, which may take long; one at a time
   * @throws IOException if it cannot be made or read, or another process uses it
   */
  public WorkDir(Path root, Duration keep, LongSupplier nanoClock, Executor deletion)
      throws IOException {
    this.root = Files.createDirectories(root).toAbsolutePath();
    this.lock = FolderLock.take(this.root);
    this.keep = keep;
    this.nanoClock = nanoClock;
    this.deletion = deletion;
    for (String name : names()) {
      if (name.startsWith(DOOMED)) {
        deletion.execute(() -> Folders.delete(this.root.resolve(name)));
      } else if (Files.exists(this.root.resolve(name).resolve(MARK))) {
        ended(name);
        deleteTemporary(this.root.resolve(name));
      }
    }
  }

  /** Finds out now what is there: later, a new child may have such a folder. */
  private void deleteTemporary(Path folder) {
    try (Stream<Path> found =
        Files.find(folder, 2, (path, is) -> is.isDirectory() && isTemporary(folder, path))) {
      found.toList().forEach(stale -> deletion.execute(() -> Folders.delete(stale)));
    } catch (IOException | UncheckedIOException e) { // such as a folder of the driver's own
      LOG.warn("Temporary files in {} are deleted only together with it", folder, e);
    }
  }

  private static boolean isTemporary(Path folder, Path path) {
    return TEMPORARY.matcher(folder.relativize(path).toString()).matches();
  }

  /**
   * Takes the first of a few folders that nobody uses, so that there are never more of them than
   * workers at a time. All else as above.
   *
   * @param parent where they are
   */
  static WorkDir unnamed(Path parent, Duration keep, LongSupplier nanoClock, Executor deletion)
      throws IOException {
    for (int number = 1; ; number++) {
      try {
        return new WorkDir(parent.resolve("unnamed-" + number), keep, nanoClock, deletion);
      } catch (IOException e) {
        if (number == MOST_UNNAMED) {
          throw e;
        }
      }
    }
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
      // It appears together with its mark: if there were no room for that, it would stay forever.
      Path fresh = Files.createDirectories(root.resolve(NEW));
      Files.write(fresh.resolve(MARK), new byte[0]);
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    endedAt.remove(name);
    return folder;
  }

  /** Takes note that an application or a driver has ended. */
  void ended(String name) {
    if (NAME.matcher(name).matches()) {
      endedAt.putIfAbsent(name, nanoClock.getAsLong());
    }
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

  /** Renamed at once, so that a folder of that name can be made while the old one is deleted. */
  private void delete(String name) {
    Path folder = root.resolve(name);
    Path doomed = root.resolve(DOOMED + UUID.randomUUID());
    try {
      if (Files.exists(folder.resolve(MARK))) {
        Files.move(folder, doomed, StandardCopyOption.ATOMIC_MOVE);
        deletion.execute(
            () -> {
              Folders.delete(doomed);
              LOG.info("Folder of [{}] deleted", name);
            });
      }
      endedAt.remove(name);
    } catch (IOException e) {
      LOG.warn("Folder of [{}] cannot be deleted yet", name, e);
    }
  }

  /** Lets another process use the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> root.relativize(entry.toAbsolutePath()).toString()).toList();
    }
  }
}
