// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.storage.BlockId.BroadcastBlock;
import io.rpcenv.examples.cluster.storage.BlockId.DatasetBlock;
import io.rpcenv.examples.cluster.storage.BlockId.Selection;
import io.rpcenv.examples.cluster.storage.BlockId.ShuffleBlock;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.GetLocations;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.GetStorageStatus;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.Location;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RemoveBlocks;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.UpdateBlockInfo;
import io.rpcenv.examples.cluster.storage.BlockManagerMessage.TriggerThreadDump;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of three executors and who knows of them: CLU-09. */
@Timeout(30)
class BlockManagerTest {

  private static final int MAX_MEMORY = 1000;
  private static final BlockId BLOCK = new DatasetBlock(1, 0);

  @TempDir Path folder;

  private final RpcEnv env = RpcEnv.builder("test").build();
  private final RpcEndpointRef master = env.setupEndpoint("m", new BlockManagerMaster());
  private final Map<String, RpcEndpointRef> endpoints = new HashMap<>();
  private BlockManager a;
  private BlockManager b;
  private BlockManager c;

  @BeforeEach
  void start() throws IOException {
    a = manager("a");
    b = manager("b");
    c = manager("c");
  }

  @AfterEach
  void close() {
    env.close();
  }

  private BlockManager manager(String id) throws IOException {
    DiskStore disk = new DiskStore(Files.createDirectory(folder.resolve(id)));
    BlockManager manager = new BlockManager(id, master, MAX_MEMORY, disk);
    endpoints.put(id, env.setupEndpoint("blocks-" + id, new BlockManagerEndpoint(manager)));
    manager.register(endpoints.get(id));
    return manager;
  }

  private List<String> locations(BlockId block) {
    return master.askSync(new GetLocations(block)).managers().stream()
        .map(Location::executorId)
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void CLU_09_aBlockIsLocatedFetchedAndReplicated() {
    assertThat(a.put(BLOCK, bytes("x"), true)).isTrue();

    assertThat(locations(BLOCK)).as("a copy is elsewhere").containsExactly("a", "b");
    assertThat(c.get(BLOCK)).hasValue(bytes("x"));
    assertThat(c.local(BLOCK)).as("fetched, not kept").isEmpty();
    master.askSync(new RemoveExecutor("a"));
    env.stop(endpoints.get("a"));
    assertThat(locations(BLOCK)).containsExactly("b");
    assertThat(c.getAndKeep(BLOCK)).hasValue(bytes("x"));
    assertThat(c.local(BLOCK)).hasValue(bytes("x"));
    assertThat(locations(BLOCK)).containsExactly("b", "c");
  }

  @Test
  void whoCannotBeReachedIsPassedOver() {
    a.put(BLOCK, bytes("x"), true);
    env.stop(endpoints.get("a"));

    assertThat(c.get(BLOCK)).as("from b").hasValue(bytes("x"));
    env.stop(endpoints.get("b"));
    assertThat(c.get(BLOCK)).isEmpty();
    assertThat(c.get(new DatasetBlock(9, 9))).as("nobody has it").isEmpty();
  }

  @Test
  void CLU_09_blocksAreRemovedByOneByDataSetByShuffleAndAll() {
    BlockId other = new DatasetBlock(1, 1);
    BlockId stage = new BroadcastBlock(1);
    a.put(BLOCK, bytes("x"), true);
    a.put(other, bytes("y"), false);
    a.put(stage, bytes("z"), false);

    master.askSync(new RemoveBlocks(new Selection.One(other)));
    assertThat(a.local(other)).isEmpty();
    assertThat(a.local(BLOCK)).isPresent();
    master.askSync(new RemoveBlocks(new Selection.OfDataset(1)));
    assertThat(a.local(BLOCK)).isEmpty();
    assertThat(b.local(BLOCK)).isEmpty();
    assertThat(locations(BLOCK)).isEmpty();
    assertThat(a.local(stage)).isPresent();
    master.askSync(new RemoveBlocks(new Selection.All()));
    assertThat(a.local(stage)).isEmpty();
  }

  @Test
  void CLU_09_storageStatusAddsUp() {
    a.put(BLOCK, new byte[300], true);
    a.put(new BroadcastBlock(2), new byte[100], false);

    var status = master.askSync(new GetStorageStatus()).executors();
    assertThat(status).hasSize(3);
    assertThat(status.get(0).executorId()).isEqualTo("a");
    assertThat(status.get(0).maxMemory()).isEqualTo(MAX_MEMORY);
    assertThat(status.get(0).memoryBytes()).isEqualTo(400);
    assertThat(status.get(0).blocks()).isEqualTo(2);
    assertThat(status.get(1).memoryBytes()).isEqualTo(300);
    assertThat(status.get(2).memoryBytes()).isZero();
  }

  @Test
  void whatWasUsedLongestAgoMakesRoom() {
    BlockId second = new DatasetBlock(1, 1);
    a.put(BLOCK, new byte[400], false);
    a.put(second, new byte[400], false);
    assertThat(a.local(BLOCK)).as("used just now").isPresent();
    a.put(new DatasetBlock(1, 2), new byte[400], false);

    assertThat(a.local(second)).isEmpty();
    assertThat(a.local(BLOCK)).isPresent();
    assertThat(locations(second)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsNotKept() {
    assertThat(a.put(BLOCK, new byte[MAX_MEMORY + 1], false)).isFalse();

    assertThat(a.local(BLOCK)).isEmpty();
    assertThat(locations(BLOCK)).isEmpty();
  }

  @Test
  void blocksOnTheDiskAreReadPartByPart() throws Exception {
    byte[] large = new byte[(2 << 20) + 17];
    new Random(1).nextBytes(large);
    BlockId first = new ShuffleBlock(1, 0, 0);
    BlockId second = new ShuffleBlock(1, 0, 1);
    a.disk()
        .write(
            "file",
            (out, end) -> {
              out.write(ByteBuffer.wrap(large));
              end.reached(first);
              end.reached(second); // an empty one
            });

    assertThat(BlockManager.read(endpoints.get("a"), first)).isEqualTo(large);
    assertThat(BlockManager.read(endpoints.get("a"), second)).isEmpty();
    assertThatThrownBy(() -> BlockManager.read(endpoints.get("b"), first))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected: it is there");
    assertThat(a.drop(new Selection.OfShuffle(2))).isZero();
    assertThat(a.drop(new Selection.OfShuffle(1))).isEqualTo(2);
    assertThat(folder.resolve("a")).isEmptyDirectory();
  }

  @Test
  void whatCouldNotBeWrittenIsNotThere() {
    BlockId block = new ShuffleBlock(1, 0, 0);
    assertThatThrownBy(
            () ->
                a.disk()
                    .write(
                        "file",
                        (out, end) -> {
                          end.reached(block);
                          throw new IOException("full");
                        }))
        .hasMessage("full");

    assertThatThrownBy(() -> BlockManager.read(endpoints.get("a"), block))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("a")).isEmptyDirectory();
  }

  @Test
  void whoIsUnknownIsToldSo() {
    assertThat(master.askSync(new UpdateBlockInfo("nobody", BLOCK, 1))).isFalse();
    assertThat(locations(BLOCK)).isEmpty();
  }

  @Test
  void CLU_09_threadsAreDumpedOnRequest() {
    assertThat(endpoints.get("a").askSync(new TriggerThreadDump()))
        .contains("\"" + Thread.currentThread().getName() + "\"")
        .contains(getClass().getName() + ".CLU_09_")
        .as("to the bottom of a deep stack")
        .contains("org.junit.");
  }
}
