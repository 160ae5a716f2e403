// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.BadVersionException;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.data.Stat;

/**
 * A node for each entry. Every write is one transaction with a check that the node of the epoch is
 * still as this master left it, so that a deposed master that does not know it yet cannot spoil
 * what its successor has written.
 */
final class ZooKeeperPersistence implements PersistenceEngine {

  private static final int NOT_BEGUN = -2;

  private final CuratorFramework curator;
  private final String epochPath;
  private final String entriesPath;
  private final Supplier<String> candidacy;
  private int epochVersion = NOT_BEGUN;

  /**
   * Makes one.
   *
   * @param candidacy the node that was first when this master was elected; it goes with the session
   */
  ZooKeeperPersistence(CuratorFramework curator, String path, Supplier<String> candidacy) {
    this.curator = curator;
    this.candidacy = candidacy;
    this.epochPath = path + "/epoch";
    this.entriesPath = path + "/state";
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  /**
   * One transaction with a check that this master's candidacy is there: one that was elected, and
   * then slept for so long that another was, must not take the epoch from that one.
   */
  @Override
  public long beginEpoch() throws IOException {
    return run(
        () -> {
          createIfMissing(entriesPath, new byte[0]);
          createIfMissing(epochPath, bytes(0));
          Stat stat = new Stat();
          byte[] last = curator.getData().storingStatIn(stat).forPath(epochPath);
          long epoch = Epochs.after(Long.parseLong(new String(last, StandardCharsets.US_ASCII)));
          try {
            curator
                .transaction()
                .forOperations(
                    curator.transactionOp().check().forPath(candidacy.get()),
                    curator
                        .transactionOp()
                        .setData()
                        .withVersion(stat.getVersion())
                        .forPath(epochPath, bytes(epoch)));
          } catch (BadVersionException e) {
            // Curator repeats what was answered by nobody: perhaps that was this.
            if (!Arrays.equals(curator.getData().forPath(epochPath), bytes(epoch))) {
              throw e;
            }
          }
          epochVersion = stat.getVersion() + 1;
          return epoch;
        });
  }

  /** Not as a container: ZooKeeper deletes those when they become empty. */
  private void createIfMissing(String path, byte[] data) throws Exception {
    if (curator.checkExists().forPath(path) == null) {
      try {
        curator.create().creatingParentsIfNeeded().forPath(path, data);
      } catch (NodeExistsException e) {
        // Another master was quicker, which is as good.
      }
    }
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void persist(String name, byte[] entry) throws IOException {
    String path = entriesPath + "/" + name;
    twice(
        () -> {
          boolean exists = curator.checkExists().forPath(path) != null;
          return write(
              exists
                  ? curator.transactionOp().setData().forPath(path, entry)
                  : curator.transactionOp().create().forPath(path, entry));
        });
  }

  /** Once more if it was done already: Curator repeats what was answered by nobody. */
  private static void twice(Action<?> action) throws IOException {
    run(
        () -> {
          try {
            return action.run();
          } catch (NodeExistsException | NoNodeException e) {
            return action.run();
          }
        });
  }

  @Override
  public void unpersist(String name) throws IOException {
    String path = entriesPath + "/" + name;
    twice(
        () ->
            curator.checkExists().forPath(path) == null
                ? List.of()
                : write(curator.transactionOp().delete().forPath(path)));
  }

  private List<?> write(CuratorOp operation) throws Exception {
    return curator
        .transaction()
        .forOperations(
            curator.transactionOp().check().withVersion(epochVersion).forPath(epochPath),
            operation);
  }

  @Override
  public SortedMap<String, byte[]> readAll() throws IOException {
    return run(
        () -> {
          SortedMap<String, byte[]> entries = new TreeMap<>();
          for (String name : curator.getChildren().forPath(entriesPath)) {
            entries.put(name, curator.getData().forPath(entriesPath + "/" + name));
          }
          return entries;
        });
  }

  private static <T> T run(Action<T> action) throws IOException {
    try {
      return action.run();
    } catch (BadVersionException | NoNodeException e) {
      throw new IOException("another master leads", e);
    } catch (KeeperException e) {
      throw new IOException("ZooKeeper: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (Exception e) {
      throw new IOException("ZooKeeper cannot be used: " + e, e);
    }
  }

  @Override
  public void close() {
    curator.close();
  }
}
