// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.nio.file.Path;

/**
 * Serves files and folders of an env that listens to all who can connect to it; they read them by
 * {@link RpcEnv#openChannel}.
 *
 * <p>Nothing else is ever served: not what lies outside a registered folder, whether it is reached
 * by {@code ..}, by an absolute path or by a link, and nothing but regular files. Whoever asks for
 * that gets the same answer as for a file that is missing.
 *
 * <p>URIs have the form {@code rpc://host:port/path} with the address that the env advertises; what
 * is special in a URI is percent-encoded. A file is looked up when it is opened: one that was
 * replaced by then is served as it is then, one that is gone is missing. What is being read goes on
 * after its name was removed.
 *
 * <p>All methods are thread-safe. Those that add look at the file system and may block for that
 * long; links are resolved once, when they are called. Paths are of the default file system.
 */
public interface RpcFileServer {

  /**
   * Serves a file as {@code /files/<name>}. The same file again gives the same URI.
   *
   * @param file the file; its last element is the name
   * @return its URI
   * @throws IllegalArgumentException if it does not exist, is no regular file or cannot be read, or
   *     if another file has that name here
   */
  String addFile(Path file);

  /**
   * Serves a file as {@code /jars/<name>}; otherwise as {@link #addFile}, with names of its own.
   *
   * @param file the file; its last element is the name
   * @return its URI
   * @throws IllegalArgumentException if it does not exist, is no regular file or cannot be read, or
   *     if another jar has that name here
   */
  String addJar(Path file);

  /**
   * Serves all regular files of a folder and of the folders in it, also those that come later.
   * Links are followed to what lies in the folder. Where one served folder is below another by its
   * URI, the longer URI counts.
   *
   * @param baseUri the path to serve it under, such as {@code /data} or {@code /data/2026}: with or
   *     without a slash at either end, {@code %xx} is decoded, {@code .} and {@code ..} are
   *     resolved
   * @param directory the folder
   * @return the URI that the files' paths are appended to, after a slash and percent-encoded
   * @throws IllegalArgumentException if the folder does not exist or cannot be read, if the path is
   *     empty, {@code /files}, {@code /jars} or below these, or if it is registered, for the same
   *     folder, too
   */
  String addDirectory(String baseUri, Path directory);

  /**
   * Serves a folder as {@link #addDirectory} does, unless that path is registered, for whatever
   * folder: then what is there stays.
   *
   * @param baseUri the path to serve it under
   * @param directory the folder
   * @return the URI that the files' paths are appended to
   * @throws IllegalArgumentException as {@link #addDirectory}, unless because it is registered
   */
  String addDirectoryIfAbsent(String baseUri, Path directory);

  /**
   * Serves a file no longer.
   *
   * @param name its name, not encoded
   * @return whether there was one of that name
   */
  boolean removeFile(String name);

  /**
   * Serves a jar no longer.
   *
   * @param name its name, not encoded
   * @return whether there was one of that name
   */
  boolean removeJar(String name);
}
