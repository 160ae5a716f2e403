// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.RetryOneTime;

/** Masters that meet in ZooKeeper, through Apache Curator. */
public final class ZooKeeperAvailability {

  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
  private static final int RETRY_PAUSE_MILLIS = 200;
  private static final int PATIENCE_SECONDS = 10;

  private ZooKeeperAvailability() {}

  /** Reads the options {@code --ha} and {@code --ha-timeout}, and connects. */
  public static HighAvailability of(Options options) throws CommandException {
    Duration timeout = options.duration("--ha-timeout", SESSION_TIMEOUT);
    if (timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw CommandException.usage(
          "--ha-timeout", options.text("--ha-timeout").orElseThrow(), "at most 10m");
    }
    return connect(ZooKeeperAddress.parse("--ha", options.text("--ha").orElseThrow()), timeout);
  }

  /**
   * Connects with ZooKeeper.
   *
   * @param address where, and what in it is these masters'
   * @param sessionTimeout a master that ZooKeeper does not hear for longer is deposed
   * @throws CommandException if it cannot be reached
   */
  public static HighAvailability connect(ZooKeeperAddress address, Duration sessionTimeout)
      throws CommandException {
    int timeout = Math.toIntExact(sessionTimeout.toMillis());
    CuratorFramework curator =
        CuratorFrameworkFactory.builder()
            .connectString(address.servers())
            .sessionTimeoutMs(timeout)
            .connectionTimeoutMs(timeout)
            .retryPolicy(new RetryOneTime(RETRY_PAUSE_MILLIS))
            // A restart of ZooKeeper that the session survives is no reason to depose anybody.
            .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
            .build();
    curator.start();
    try {
      if (!curator.blockUntilConnected(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new CommandException(
            ExitCode.UNREACHABLE,
            "no ZooKeeper at " + address.servers() + " (start one: bin/rpcenv zookeeper)");
      }
    } catch (InterruptedException e) {
      curator.close();
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.FAILED, "interrupted");
    } catch (CommandException e) {
      curator.close();
      throw e;
    }
    ZooKeeperElection election = new ZooKeeperElection(curator, address.path() + "/leader");
    return new HighAvailability(
        new ZooKeeperPersistence(curator, address.path(), election::candidacy), election);
  }
}
