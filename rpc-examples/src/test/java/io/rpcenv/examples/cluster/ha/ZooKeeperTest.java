// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CLU-12: election in ZooKeeper. */
@Timeout(60)
class ZooKeeperTest {

  @TempDir Path folder;

  /** Keeps what it is told. */
  private static final class Candidate implements LeaderElection.Candidate {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void elected() {
      heard.add("elected");
    }

    @Override
    public void revoked(String why) {
      heard.add("revoked: " + why);
    }

    String hears() throws InterruptedException {
      return heard.poll(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whoCameFirstLeadsUntilItGoes() throws Exception {
    try (ZooKeeperNode server = ZooKeeperNode.start("127.0.0.1", 0, folder);
        HighAvailability second = connect(server)) {
      Candidate one = new Candidate();
      Candidate other = new Candidate();
      try (HighAvailability first = connect(server)) {
        assertThat(first.election().start(one)).isFalse();
        assertThat(one.hears()).isEqualTo("elected");
        assertThat(second.election().start(other)).isFalse();
      }
      assertThat(other.hears()).isEqualTo("elected");
    }
  }

  @Test
  void whoCannotReachZooKeeperForTooLongIsDeposed() throws Exception {
    Candidate candidate = new Candidate();
    ZooKeeperNode server = ZooKeeperNode.start("127.0.0.1", 0, folder);
    try (HighAvailability availability =
        ZooKeeperAvailability.connect(
            new ZooKeeperAddress(server.address(), "/rpcenv"), Duration.ofSeconds(4))) {
      availability.election().start(candidate);
      assertThat(candidate.hears()).isEqualTo("elected");

      server.close();

      assertThat(candidate.hears()).isEqualTo("revoked: its session with ZooKeeper has ended");
    }
  }

  /** One that slept from its election on must not take the epoch from who leads by now. */
  @Test
  void whoWasDeposedBeforeItBeganDoesNotBegin() throws Exception {
    try (ZooKeeperNode server = ZooKeeperNode.start("127.0.0.1", 0, folder);
        HighAvailability first = connect(server);
        HighAvailability second = connect(server)) {
      Candidate one = new Candidate();
      first.election().start(one);
      assertThat(one.hears()).isEqualTo("elected");
      Candidate other = new Candidate();
      second.election().start(other);

      server.expire(leadersSession(server));

      assertThat(one.hears()).startsWith("revoked");
      assertThat(other.hears()).isEqualTo("elected");
      long epoch = second.store().beginEpoch();
      assertThatThrownBy(() -> first.store().beginEpoch()).hasMessage("another master leads");
      second.store().persist("app_1", new byte[1]);
      assertThat(second.store().beginEpoch()).isGreaterThan(epoch);
    }
  }

  private static long leadersSession(ZooKeeperNode server) throws Exception {
    try (CuratorFramework curator =
        CuratorFrameworkFactory.newClient(server.address(), new RetryOneTime(1))) {
      curator.start();
      List<String> candidates = curator.getChildren().forPath("/rpcenv/leader");
      String first = Collections.min(candidates, Comparator.comparing(ZooKeeperTest::number));
      return curator.checkExists().forPath("/rpcenv/leader/" + first).getEphemeralOwner();
    }
  }

  private static String number(String candidate) {
    return candidate.substring(candidate.lastIndexOf('-'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zk://127.0.0.1:2181/rpcenv | 127.0.0.1:2181 | /rpcenv",
        "zk://a:1,b:2,c:3/x/y/ | a:1,b:2,c:3 | /x/y",
        "zk://[::1]:2181/x | [::1]:2181 | /x",
      })
  void addressesAreRead(String text, String servers, String path) throws Exception {
    assertThat(ZooKeeperAddress.parse("--ha", text)).isEqualTo(new ZooKeeperAddress(servers, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:2181",
        "zk://127.0.0.1:2181",
        "zk://host/x",
        "zk://a:1/",
        "zk://a:1/../b"
      })
  void badAddressesAreErrors(String text) {
    assertThatThrownBy(() -> ZooKeeperAddress.parse("--ha", text))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "--ha: "
                + text
                + " (expected: zk://host:port/path, such as zk://127.0.0.1:2181/rpcenv)");
  }

  private static HighAvailability connect(ZooKeeperNode server) throws Exception {
    return ZooKeeperAvailability.connect(
        new ZooKeeperAddress(server.address(), "/rpcenv"), Duration.ofSeconds(4));
  }
}
