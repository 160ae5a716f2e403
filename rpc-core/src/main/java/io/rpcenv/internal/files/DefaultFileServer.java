// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcFileServer;
import io.rpcenv.internal.files.FileRegistry.Kind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Checks what is added, and makes the URIs. Thread-safe. */
public final class DefaultFileServer implements RpcFileServer {

  private static final String FILE = "a regular file that exists and can be read";
  private static final String FOLDER = "a folder that exists and can be read";

  private final RpcAddress address;
  private final FileRegistry registry;

  /**
   * Creates a server.
   *
   * @param address what the env advertises
   * @param registry where to add
   */
  public DefaultFileServer(RpcAddress address, FileRegistry registry) {
    this.address = address;
    this.registry = registry;
  }

  @Override
  public String addFile(Path file) {
    return add(Kind.FILES, file);
  }

  @Override
  public String addJar(Path file) {
    return add(Kind.JARS, file);
  }

  private String add(Kind kind, Path file) {
    Path real = real("file", file, FILE, Files::isRegularFile);
    String name = String.valueOf(file.getFileName());
    Path present = registry.addFile(kind, name, real);
    if (!present.equals(real)) {
      throw new IllegalArgumentException(
          "file: "
              + file
              + " (expected: another name than ["
              + name
              + "], which is that of ["
              + present
              + "])");
    }
    return FileUri.format(address, List.of(kind.segment(), name));
  }

  @Override
  public String addDirectory(String baseUri, Path directory) {
    List<String> segments = segments(baseUri);
    if (!registry.addFolder(segments, real("directory", directory, FOLDER, Files::isDirectory))) {
      throw new IllegalArgumentException(
          "baseUri: "
              + baseUri
              + " (expected: one that is not registered, see addDirectoryIfAbsent)");
    }
    return FileUri.format(address, segments);
  }

  @Override
  public String addDirectoryIfAbsent(String baseUri, Path directory) {
    List<String> segments = segments(baseUri);
    registry.addFolder(segments, real("directory", directory, FOLDER, Files::isDirectory));
    return FileUri.format(address, segments);
  }

  @Override
  public boolean removeFile(String name) {
    return registry.removeFile(Kind.FILES, require("name", name, "the name of a file"));
  }

  @Override
  public boolean removeJar(String name) {
    return registry.removeFile(Kind.JARS, require("name", name, "the name of a file"));
  }

  private static Path real(String what, Path given, String expected, Predicate<Path> kind) {
    require(what, given, expected);
    if (given.getFileSystem() != FileSystems.getDefault()) {
      throw invalid(what, given, "a path of the default file system");
    }
    try {
      Path real = given.toRealPath();
      if (kind.test(real) && Files.isReadable(real)) {
        return real;
      }
    } catch (IOException e) {
      throw (IllegalArgumentException) invalid(what, given, expected).initCause(e);
    }
    throw invalid(what, given, expected);
  }

  /** Returns the segments of a folder's URI, without disguise. */
  private static List<String> segments(String baseUri) {
    String form = "a path such as /data, below neither /files nor /jars";
    require("baseUri", baseUri, form);
    List<String> segments = new ArrayList<>();
    for (String raw : baseUri.split("/", -1)) {
      String segment = FileUri.unescape(raw).orElseThrow(() -> invalid("baseUri", baseUri, form));
      if (segment.equals("..") && !segments.isEmpty()) {
        segments.remove(segments.size() - 1);
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    if (segments.isEmpty()
        || isReserved(segments.get(0))
        || !segments.stream().allMatch(DefaultFileServer::isPlain)) {
      throw invalid("baseUri", baseUri, form);
    }
    return List.copyOf(segments);
  }

  private static boolean isReserved(String segment) {
    return segment.equals(Kind.FILES.segment()) || segment.equals(Kind.JARS.segment());
  }

  private static boolean isPlain(String segment) {
    return !segment.equals("..")
        && segment.indexOf('/') < 0
        && segment.chars().noneMatch(Character::isISOControl);
  }

  private static <T> T require(String what, T value, String expected) {
    if (value == null) {
      throw invalid(what, "null", expected);
    }
    return value;
  }

  private static IllegalArgumentException invalid(String what, Object value, String expected) {
    return new IllegalArgumentException(what + ": " + value + " (expected: " + expected + ")");
  }
}
