// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** F11: one line per address and minute. */
@Timeout(60)
class PeerLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(PeerLog.class);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final AtomicLong clock = new AtomicLong(-5);
  private final PeerLog log = new PeerLog("env", clock::get);

  @BeforeEach
  void capture() {
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void release() {
    logger.detachAppender(appender);
  }

  @Test
  void countsWhatItLeavesOut() throws Exception {
    log.warn(peer(1, 10), "a");
    log.warn(peer(1, 11), "b");
    log.warn(peer(2, 12), "c");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
    log.warn(peer(1, 13), "d");
    clock.addAndGet(1);
    log.warn(peer(1, 14), "e");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(60));
    log.warn(peer(1, 15), "f");
    assertThat(lines())
        .containsExactly(
            "[env] closed connection with [10.0.0.1:10]: a",
            "[env] closed connection with [10.0.0.2:12]: c",
            "[env] closed connection with [10.0.0.1:14]: e (and [2] more of that address)",
            "[env] closed connection with [10.0.0.1:15]: f");
  }

  @Test
  void forgetsTheOldestOfManyAddresses() throws Exception {
    for (int host = 0; host < 1025; host++) {
      log.warn(peer(host, 1), "x");
    }
    log.warn(peer(1024, 1), "kept");
    log.warn(peer(0, 1), "forgotten");
    assertThat(lines()).hasSize(1026).last().asString().endsWith("forgotten");
  }

  private static InetSocketAddress peer(int host, int port) throws Exception {
    byte[] address = {10, 0, (byte) (host >> 8), (byte) host};
    return new InetSocketAddress(InetAddress.getByAddress(address), port);
  }

  private List<String> lines() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
