// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import io.rpcenv.examples.cluster.FolderLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A file for each entry, in a folder that one process uses at a time. */
final class FolderPersistence implements PersistenceEngine {

  private static final String ENTRY = "entry-";
  private static final String EPOCH = "epoch";

  private final Path folder;
  private final FolderLock lock;

  FolderPersistence(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.lock = FolderLock.take(folder);
  }

  @Override
  public long beginEpoch() throws IOException {
    Path file = folder.resolve(EPOCH);
    long last = Files.exists(file) ? number(file) : 0;
    long epoch = Epochs.after(last);
    write(EPOCH, (epoch + "\n").getBytes(StandardCharsets.US_ASCII));
    return epoch;
  }

  private static long number(Path file) throws IOException {
    String text = Files.readString(file).strip();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(file + ": " + text + " (expected: a whole number)", e);
    }
  }

  @Override
  public void persist(String name, byte[] entry) throws IOException {
    write(ENTRY + name, entry);
  }

  /** Moves it into place, so that nobody ever reads half an entry. */
  private void write(String name, byte[] bytes) throws IOException {
    Path temporary = Files.write(folder.resolve(".tmp"), bytes);
    Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void unpersist(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(ENTRY + name));
  }

  @Override
  public SortedMap<String, byte[]> readAll() throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    for (Path file : files()) {
      String name = folder.relativize(file).toString();
      if (name.startsWith(ENTRY)) {
        entries.put(name.substring(ENTRY.length()), Files.readAllBytes(file));
      }
    }
    return entries;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
