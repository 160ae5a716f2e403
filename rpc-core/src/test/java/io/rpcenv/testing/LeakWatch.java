// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.LoggerFactory;

/**
 * Collects lines that hold {@code LEAK:}, from all that the JVM prints and from the logger of
 * Netty's leak detector, so that neither a muted logger nor a captured stream hides one. Thread
 * safe.
 */
final class LeakWatch {

  private static final String DETECTOR = "io.netty.util.ResourceLeakDetector";
  private static final int ROUNDS = 4;
  private static final int TRACKED_PER_ROUND = 64;

  private final Set<String> found = new ConcurrentSkipListSet<>();

  /** Returns the leaks seen so far, each once. */
  List<String> found() {
    return List.copyOf(found);
  }

  /** Returns a stream that passes everything on and looks at each line. */
  OutputStream scanning(PrintStream target) {
    return new LineScanner(target, this::look);
  }

  /** Listens to the leak detector's logger, whatever level and appenders the tests give it. */
  void watchLogger() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      LoggerAppender appender = new LoggerAppender();
      appender.setContext(context);
      appender.start();
      context.getLogger(DETECTOR).setLevel(Level.ERROR);
      context.getLogger(DETECTOR).addAppender(appender);
    }
  }

  /**
   * Makes Netty, where it is on the class path, report what was leaked: it notices a lost buffer
   * when it is collected, and says so when the next buffer is allocated.
   */
  static void flushOutLeaks() {
    Object allocator;
    try {
      allocator = Class.forName("io.netty.buffer.ByteBufAllocator").getField("DEFAULT").get(null);
    } catch (ClassNotFoundException e) {
      return;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Netty's allocator has changed", e);
    }
    for (int round = 0; round < ROUNDS; round++) {
      collectGarbage();
      allocateAndRelease(allocator);
    }
  }

  private static void allocateAndRelease(Object allocator) {
    try {
      var buffer = Class.forName("io.netty.buffer.ByteBufAllocator").getMethod("buffer", int.class);
      var release = Class.forName("io.netty.util.ReferenceCounted").getMethod("release");
      for (int i = 0; i < TRACKED_PER_ROUND; i++) {
        release.invoke(buffer.invoke(allocator, 16));
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Netty's allocator has changed", e);
    }
  }

  /** Returns when an object that became unreachable before the call has been enqueued. */
  private static void collectGarbage() {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<Object> canary = new PhantomReference<>(new Object(), queue);
    try {
      for (int i = 0; i < 20; i++) {
        System.gc();
        if (queue.remove(250) == canary) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Reference.reachabilityFence(canary);
    }
  }

  private void look(String line) {
    int start = line.indexOf("LEAK:");
    if (start >= 0) {
      found.add(line.substring(start).strip());
    }
  }

  private final class LoggerAppender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      event.getFormattedMessage().lines().forEach(LeakWatch.this::look);
    }
  }
}
