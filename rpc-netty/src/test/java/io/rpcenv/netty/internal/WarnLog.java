// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects the lines of level INFO and above that threads of one env log, until closed. */
final class WarnLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.rpcenv.netty");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final String threads;

  WarnLog(String envName) {
    threads = "rpc-" + envName + "-";
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getThreadName().startsWith(threads)
        && event.getLevel().isGreaterOrEqual(Level.INFO)) {
      lines.add(event.getLevel() + " " + event.getFormattedMessage());
    }
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
