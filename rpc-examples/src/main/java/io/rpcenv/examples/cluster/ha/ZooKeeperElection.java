// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Election by a latch in ZooKeeper: whose session came first leads while that session lives. */
final class ZooKeeperElection implements LeaderElection {

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperElection.class);

  private final LeaderLatch latch;
  private volatile String candidacy = "/";

  ZooKeeperElection(CuratorFramework curator, String path) {
    this.latch = new LeaderLatch(curator, path);
  }

  /** Returns the node that was first when this one was elected. */
  String candidacy() {
    return candidacy;
  }

  @Override
  public boolean start(Candidate candidate) {
    latch.addListener(new Word(candidate));
    try {
      latch.start();
    } catch (Exception e) {
      throw new IllegalStateException("the election in ZooKeeper cannot begin", e);
    }
    return false;
  }

  /** Passes the latch's word on, each at most once: who was deposed once does not come back. */
  private final class Word implements LeaderLatchListener {

    private final Candidate candidate;
    private boolean elected;
    private boolean revoked;

    Word(Candidate candidate) {
      this.candidate = candidate;
    }

    @Override
    public synchronized void isLeader() {
      if (!elected) {
        elected = true;
        candidacy = latch.getOurPath();
        candidate.elected();
      }
    }

    @Override
    public synchronized void notLeader() {
      if (elected && !revoked) {
        revoked = true;
        candidate.revoked("its session with ZooKeeper has ended");
      }
    }
  }

  @Override
  public void close() {
    try {
      latch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException e) {
      LOG.debug("The latch was closed already, or never started", e);
    }
  }
}
