// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the threads of this process are doing, as text. */
public final class ThreadDump {

  private ThreadDump() {}

  /** Returns all threads with their whole stacks and the locks they hold or wait for. */
  public static String ofThisProcess() {
    StringBuilder text = new StringBuilder("process " + ProcessHandle.current().pid() + "\n");
    Stream.of(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
        .sorted(Comparator.comparing(ThreadInfo::getThreadName))
        .forEach(thread -> append(text, thread));
    return text.toString();
  }

  private static void append(StringBuilder text, ThreadInfo thread) {
    text.append("\n\"" + thread.getThreadName() + "\" " + thread.getThreadState());
    LockInfo lock = thread.getLockInfo();
    if (lock != null) {
      text.append(" on " + lock);
    }
    if (thread.getLockOwnerName() != null) {
      text.append(" held by \"" + thread.getLockOwnerName() + "\"");
    }
    StackTraceElement[] stack = thread.getStackTrace();
    for (int depth = 0; depth < stack.length; depth++) {
      text.append("\n    at " + stack[depth]);
      for (MonitorInfo held : thread.getLockedMonitors()) {
        if (held.getLockedStackDepth() == depth) {
          text.append("\n    - locked " + held);
        }
      }
    }
    text.append('\n');
  }
}
