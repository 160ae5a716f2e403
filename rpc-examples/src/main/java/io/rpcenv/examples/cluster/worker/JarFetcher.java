// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcEnv;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/** Brings an application's jar to where it is needed, and makes sure that it is one. */
final class JarFetcher {

  private JarFetcher() {}

  /**
   * Returns the jar as a file of this machine. Blocks.
   *
   * @param jar {@code rpc://host:port/...} on the file server of an env, or a path of this machine
   * @param folder where to copy it to, if it comes from elsewhere
   * @param env what it is fetched with
   * @throws IOException if it is missing, cannot be fetched, or is no jar; the message says which
   */
  static Path fetch(String jar, Path folder, RpcEnv env) throws IOException {
    Path file = jar.startsWith("rpc://") ? download(jar, folder, env) : Path.of(jar);
    if (!Files.isRegularFile(file)) {
      throw new IOException("jar: " + jar + " (expected: a file that exists)");
    }
    try (JarFile opened = new JarFile(file.toFile())) {
      return Path.of(opened.getName());
    } catch (ZipException e) {
      throw new IOException("jar: " + jar + " (expected: a jar; " + e.getMessage() + ")", e);
    }
  }

  private static Path download(String uri, Path folder, RpcEnv env) throws IOException {
    Path name = Path.of(URI.create(uri).getPath()).getFileName();
    Path file = folder.resolve(name == null ? "application.jar" : name.toString());
    try (InputStream in = Channels.newInputStream(env.openChannel(uri))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (NoSuchFileException e) {
      throw new IOException("jar: " + uri + " (expected: a file that is served there)", e);
    }
  }
}
