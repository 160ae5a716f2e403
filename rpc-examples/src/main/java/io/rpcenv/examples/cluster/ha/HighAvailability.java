// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How a master survives its end: where it keeps its state, and who leads when there are several.
 *
 * @param store keeps the state
 * @param election decides who leads
 */
public record HighAvailability(PersistenceEngine store, LeaderElection election)
    implements AutoCloseable {

  /** Returns what a master has that forgets everything when it ends, for tests. */
  public static HighAvailability none() {
    return new HighAvailability(new MemoryPersistence(), new SoleCandidate());
  }

  /**
   * Returns what a master has that is alone, and finds its state again when it is started anew.
   *
   * @param folder where the state is, made if need be; of this master alone
   * @throws IOException if it cannot be used, or another process uses it
   */
  public static HighAvailability folder(Path folder) throws IOException {
    return new HighAvailability(new FolderPersistence(folder), new SoleCandidate());
  }

  @Override
  public void close() throws IOException {
    election.close();
    store.close();
  }
}
