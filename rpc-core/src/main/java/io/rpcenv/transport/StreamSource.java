// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.transport;

import java.io.IOException;

/** Gives the files that other envs may open. Thread-safe. */
@FunctionalInterface
public interface StreamSource {

  /**
   * Opens a file. May block; never called on a loop.
   *
   * @param path what the other env asked for: segments decoded, each after a slash; not checked
   * @return the file; whoever called closes it
   * @throws java.nio.file.NoSuchFileException if no file is served under that path, whatever the
   *     reason
   * @throws IOException if it is served and cannot be opened now
   */
  StreamFile open(String path) throws IOException;
}
