// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CLU-12: what a master writes is what its successor reads, and a deposed one writes no more. */
@Timeout(60)
class PersistenceTest {

  @TempDir Path folder;

  @Test
  void inAFolder() throws Exception {
    long epoch;
    try (PersistenceEngine first = HighAvailability.folder(folder).store()) {
      epoch = keepsEntries(first);
    }
    try (PersistenceEngine second = HighAvailability.folder(folder).store()) {
      findsEntries(second, epoch);
    }
  }

  @Test
  void inZooKeeper() throws Exception {
    try (ZooKeeperNode server = ZooKeeperNode.start("127.0.0.1", 0, folder);
        HighAvailability one = connect(server);
        HighAvailability other = connect(server)) {
      long epoch = keepsEntries(one.store());
      findsEntries(other.store(), epoch);

      assertThatThrownBy(() -> one.store().persist("app_1", bytes("spoilt")))
          .isInstanceOf(IOException.class)
          .hasMessage("another master leads");
      assertThatThrownBy(() -> one.store().persist("app_new", bytes("spoilt")))
          .hasMessage("another master leads");
      assertThatThrownBy(() -> one.store().unpersist("app_1")).hasMessage("another master leads");
      assertThat(other.store().readAll().get("app_1")).asString().isEqualTo("other");
    }
  }

  private static long keepsEntries(PersistenceEngine store) throws IOException {
    long epoch = store.beginEpoch();
    store.persist("app_1", bytes("first"));
    store.persist("app_1", bytes("other"));
    store.persist("worker_%2F-a.b_c", new byte[0]);
    store.persist("app_2", bytes("gone"));
    store.unpersist("app_2");
    store.unpersist("never there");
    return epoch;
  }

  private static void findsEntries(PersistenceEngine store, long epochBefore) throws IOException {
    assertThat(store.beginEpoch()).isGreaterThan(epochBefore);
    assertThat(store.readAll()).containsOnlyKeys("app_1", "worker_%2F-a.b_c");
    assertThat(store.readAll().get("app_1")).asString().isEqualTo("other");
    assertThat(store.readAll().get("worker_%2F-a.b_c")).isEmpty();
  }

  @Test
  void anEpochIsHigherEvenIfTheClockGoesBack() throws Exception {
    Files.writeString(folder.resolve("epoch"), Long.toString(Long.MAX_VALUE / 2));
    try (PersistenceEngine store = HighAvailability.folder(folder).store()) {
      assertThat(store.beginEpoch()).isEqualTo(Long.MAX_VALUE / 2 + 1);
    }
  }

  @Test
  void aFolderHasOneMasterAtATime() throws Exception {
    try (HighAvailability first = HighAvailability.folder(folder)) {
      assertThat(first.store().beginEpoch()).isPositive();
      assertThatThrownBy(() -> HighAvailability.folder(folder))
          .hasMessage(folder + " is in use by another process");
    }
    HighAvailability.folder(folder).close();
  }

  @Test
  void anEpochThatIsNoNumberIsAnError() throws Exception {
    Files.writeString(folder.resolve("epoch"), "x");
    try (PersistenceEngine store = HighAvailability.folder(folder).store()) {
      assertThatThrownBy(store::beginEpoch)
          .hasMessage(folder.resolve("epoch") + ": x (expected: a whole number)");
    }
  }

  private static HighAvailability connect(ZooKeeperNode server) throws Exception {
    return ZooKeeperAvailability.connect(
        new ZooKeeperAddress(server.address(), "/rpcenv/test"), Duration.ofSeconds(4));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
