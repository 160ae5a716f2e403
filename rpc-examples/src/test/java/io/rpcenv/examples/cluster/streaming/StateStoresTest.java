// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.DeactivateInstances;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.GetLocation;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.RemoveInstancesOf;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.VerifyIfInstanceActive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** States of streams on two executors: CLU-11. */
@Timeout(30)
class StateStoresTest {

  private static final StateStoreId ID = new StateStoreId(1, 0);
  private static final StateStoreId OTHER = new StateStoreId(1, 1);

  @TempDir Path folder;

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final RpcEndpointRef coordinator = env.setupEndpoint("s", new StateStoreCoordinator());
  private final TaskCodec codec = new TaskCodec(StateStoresTest.class.getClassLoader());
  private final StateStores a = new StateStores("a", coordinator, codec);
  private final StateStores b = new StateStores("b", coordinator, codec);

  @AfterEach
  void close() {
    env.close();
  }

  private String location(StateStoreId id) {
    return coordinator.askSync(new GetLocation(id)).executorId();
  }

  @Test
  void CLU_11_aStateIsLocatedAndGoesOnElsewhere() throws Exception {
    assertThat(a.load(ID, folder, 0)).isEmpty();
    assertThat(location(ID)).isEmpty();
    a.commit(ID, folder, 1, Map.of("x", 1L));
    assertThat(location(ID)).isEqualTo("a");
    assertThat(coordinator.askSync(new VerifyIfInstanceActive(ID, "a"))).isTrue();
    assertThat(coordinator.askSync(new VerifyIfInstanceActive(ID, "b"))).isFalse();

    Map<Object, Object> copy = b.load(ID, folder, 1);
    copy.put("x", 2L);
    assertThat(a.load(ID, folder, 1)).as("not the copy").isEqualTo(Map.of("x", 1L));
    b.commit(ID, folder, 2, copy);
    assertThat(location(ID)).isEqualTo("b");
    assertThat(a.load(ID, folder, 2)).isEqualTo(Map.of("x", 2L));
  }

  @Test
  void CLU_11_whoHasAnOldStateForgetsItWithTheNextBatch() throws Exception {
    a.commit(ID, folder, 1, Map.of("x", 1L));
    a.commit(OTHER, folder, 1, Map.of("y", 1L));
    b.commit(ID, folder, 2, Map.of("x", 2L));
    assertThat(a.hasLoaded(ID)).isTrue();
    a.commit(OTHER, folder, 2, Map.of("y", 2L));
    location(ID); // asked after that

    assertThat(a.hasLoaded(ID)).isFalse();
    assertThat(a.hasLoaded(OTHER)).isTrue();
  }

  @Test
  void olderVersionsAreDeletedButTheOneBeforeTheLast() throws Exception {
    for (int version = 1; version <= 3; version++) {
      a.commit(ID, folder, version, Map.of());
    }

    try (var files = Files.list(folder.resolve("part-0"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("version-2", "version-3");
    }
    assertThatThrownBy(() -> b.load(ID, folder, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("state of part 0 at version 1");
  }

  @Test
  void CLU_11_streamsAndExecutorsAreDeactivated() throws Exception {
    a.commit(ID, folder, 1, Map.of());
    b.commit(OTHER, folder, 1, Map.of());
    assertThat(coordinator.askSync(new RemoveInstancesOf("a"))).isEqualTo(1);
    assertThat(location(ID)).isEmpty();
    assertThat(location(OTHER)).isEqualTo("b");
    assertThat(coordinator.askSync(new DeactivateInstances(2))).isZero();
    assertThat(coordinator.askSync(new DeactivateInstances(1))).isEqualTo(1);
    assertThat(location(OTHER)).isEmpty();
  }
}
