// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder below which regular files may be opened, and nothing else. Links are followed if they
 * lead to a file below the same folder.
 *
 * <p>Where the platform has {@link SecureDirectoryStream} (Linux, macOS) a file is opened folder by
 * folder without following links, so that one that is put there between check and opening is not
 * followed, either. Elsewhere only the last step is safe from that.
 *
 * @param folder the real path of the folder
 */
record Root(Path folder) {

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /**
   * Opens a file. Blocks.
   *
   * @param segments the file's path below the folder, from outside
   * @throws NoSuchFileException if there is none that may be opened, whatever the reason
   * @throws IOException if there is one, but not now
   */
  OpenedFile open(List<String> segments) throws IOException {
    Path path = resolve(segments).orElseThrow(() -> notServed(segments));
    return openReal(path);
  }

  /**
   * Opens one certain file of the folder, and no link in its place. Blocks.
   *
   * @param file its real path once
   * @throws NoSuchFileException if there is none that may be opened, whatever the reason
   * @throws IOException if there is one, but not now
   */
  OpenedFile openOnly(Path file) throws IOException {
    Path name = folder.relativize(file);
    return openReal(
        resolve(List.of(name.toString()))
            .filter(file::equals)
            .orElseThrow(() -> new NoSuchFileException(name.toString())));
  }

  private OpenedFile openReal(Path path) throws IOException {
    try {
      return describe(openBelow(folder.relativize(path)), path);
    } catch (AccessDeniedException e) {
      throw new NoSuchFileException(path.toString(), null, e.getMessage());
    }
  }

  private static OpenedFile describe(FileChannel channel, Path path) throws IOException {
    try {
      return new OpenedFile(channel, path, channel.size(), OpenedFile.attributesOf(path));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private Optional<Path> resolve(List<String> segments) {
    try {
      Path path = folder;
      for (String segment : segments) {
        path = path.resolve(plainName(segment));
      }
      Path real = path.toRealPath();
      return Optional.of(real).filter(this::mayBeOpened);
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private boolean mayBeOpened(Path real) {
    return real.startsWith(folder)
        && !real.equals(folder)
        && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS);
  }

  /** Lets no segment be more than the name of one entry: not "..", "C:" or "a\b" on Windows. */
  private Path plainName(String segment) {
    FileSystem system = folder.getFileSystem();
    Path name = system.getPath(segment);
    boolean plain =
        !segment.isEmpty()
            && !segment.equals(".")
            && !segment.equals("..")
            && !segment.contains(system.getSeparator())
            && name.getRoot() == null
            && name.getNameCount() == 1;
    if (!plain) {
      throw new InvalidPathException(segment, "not the name of a file");
    }
    return name;
  }

  private FileChannel openBelow(Path relative) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      if (entries instanceof SecureDirectoryStream<Path> secure) {
        return openBelow(secure, relative);
      }
      return FileChannel.open(folder.resolve(relative), READ);
    }
  }

  private static FileChannel openBelow(SecureDirectoryStream<Path> within, Path relative)
      throws IOException {
    if (relative.getNameCount() == 1) {
      return (FileChannel) within.newByteChannel(relative, READ);
    }
    try (SecureDirectoryStream<Path> next =
        within.newDirectoryStream(relative.getName(0), LinkOption.NOFOLLOW_LINKS)) {
      return openBelow(next, relative.subpath(1, relative.getNameCount()));
    }
  }

  private static NoSuchFileException notServed(List<String> segments) {
    return new NoSuchFileException(String.join("/", segments));
  }
}
