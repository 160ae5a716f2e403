// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.streaming;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.ReportActiveInstance;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.VerifyIfInstanceActive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An executor's part of the states of streams: the newest in memory, each version in a file, from
 * which another executor goes on when this one is gone. Any thread; blocks.
 */
public final class StateStores {

  private final String executorId;
  private final RpcEndpointRef coordinator;
  private final TaskCodec codec;
  private final Map<StateStoreId, Loaded> loaded = new ConcurrentHashMap<>();

  /** A version in memory, encoded: whoever changes what is in it changes a copy. */
  @SuppressWarnings("ArrayRecordComponent") // compared by identity
  private record Loaded(long version, byte[] state) {}

  /**
   * Makes an empty one.
   *
   * @param executorId whose it is
   * @param coordinator the {@link StateStoreCoordinator}
   * @param codec encodes what is the application's
   */
  public StateStores(String executorId, RpcEndpointRef coordinator, TaskCodec codec) {
    this.executorId = executorId;
    this.coordinator = coordinator;
    this.codec = codec;
  }

  /**
   * Returns a copy of a part's state.
   *
   * @param folder where its versions are
   * @param version which one; 0 is empty
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("unchecked") // what commit was given under this id
  public <K, V> Map<K, V> load(StateStoreId id, Path folder, long version) throws IOException {
    if (version == 0) {
      return new HashMap<>();
    }
    Loaded here = loaded.get(id);
    if (here != null && here.version() == version) {
      return (HashMap<K, V>) codec.decodePresent(here.state());
    }
    Path file = file(folder, id, version);
    try {
      return (HashMap<K, V>) codec.decodePresent(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IOException(
          "state of part %d at version %d: %s (expected: it is there)"
              .formatted(id.partition(), version, file),
          e);
    }
  }

  /**
   * Keeps a version, here and in a file. That of the version before the last is deleted: nobody
   * goes back so far.
   */
  public void commit(StateStoreId id, Path folder, long version, Map<?, ?> state)
      throws IOException {
    Path file = file(folder, id, version);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path attempt = Files.createTempFile(file.toAbsolutePath().getParent(), "attempt", ".tmp");
    byte[] encoded = codec.encode(new HashMap<>(state));
    try {
      Files.write(attempt, encoded);
      Files.move(attempt, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(attempt);
    }
    Files.deleteIfExists(file(folder, id, version - 2));
    loaded.put(id, new Loaded(version, encoded));
    coordinator.askSync(new ReportActiveInstance(id, executorId));
    loaded.forEach(
        (other, copy) -> {
          if (other.store() == id.store() && copy.version() < version) {
            forgetUnlessActive(other, copy);
          }
        });
  }

  private void forgetUnlessActive(StateStoreId id, Loaded copy) {
    var unused =
        coordinator
            .ask(new VerifyIfInstanceActive(id, executorId))
            .thenAccept(
                active -> {
                  if (!active) {
                    loaded.remove(id, copy);
                  }
                });
  }

  /** Returns whether a part's state is in memory here. */
  boolean hasLoaded(StateStoreId id) {
    return loaded.containsKey(id);
  }

  private static Path file(Path folder, StateStoreId id, long version) {
    return folder.resolve("part-" + id.partition()).resolve("version-" + version);
  }
}
