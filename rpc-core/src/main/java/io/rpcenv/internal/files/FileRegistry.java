// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.transport.StreamFile;
import io.rpcenv.transport.StreamSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files and folders that an env serves, by the paths that others ask for. Thread-safe. */
public final class FileRegistry implements StreamSource {

  /** Below which single files are, and no folder can be. */
  enum Kind {
    FILES,
    JARS;

    String segment() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Real paths of single files, by kind and name. */
  private final Map<List<String>, Path> files = new ConcurrentHashMap<>();

  /** Folders by the segments of their URIs. */
  private final Map<List<String>, Root> folders = new ConcurrentHashMap<>();

  /** Creates a registry of nothing. */
  public FileRegistry() {}

  /** Adds a file unless there is one of that name, and returns the one that there is now. */
  Path addFile(Kind kind, String name, Path real) {
    Path present = files.putIfAbsent(List.of(kind.segment(), name), real);
    return present == null ? real : present;
  }

  boolean removeFile(Kind kind, String name) {
    return files.remove(List.of(kind.segment(), name)) != null;
  }

  /** Adds a folder unless there is one of those segments, and returns whether there was none. */
  boolean addFolder(List<String> segments, Path real) {
    return folders.putIfAbsent(segments, new Root(real)) == null;
  }

  @Override
  public StreamFile open(String path) throws IOException {
    List<String> segments = Arrays.asList(path.split("/", -1));
    if (segments.size() < 3 || !segments.get(0).isEmpty()) {
      throw new NoSuchFileException(path);
    }
    return open(path, segments.subList(1, segments.size()));
  }

  private StreamFile open(String path, List<String> segments) throws IOException {
    Path file = files.get(segments);
    if (file != null) {
      return new Root(parent(file)).openOnly(file);
    }
    for (int split = segments.size() - 1; split > 0; split--) {
      Optional<Root> root = Optional.ofNullable(folders.get(segments.subList(0, split)));
      if (root.isPresent()) {
        return root.get().open(segments.subList(split, segments.size()));
      }
    }
    throw new NoSuchFileException(path);
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new NoSuchFileException(file.toString());
    }
    return parent;
  }
}
