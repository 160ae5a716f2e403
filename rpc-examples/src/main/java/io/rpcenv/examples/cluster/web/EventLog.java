// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.Severity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events. For one thread. */
final class EventLog {

  static final int MAX_EVENTS = 500;

  private final Deque<Event> events = new ArrayDeque<>();
  private long next;

  /**
   * Something that happened.
   *
   * @param number counts the events, from 0
   * @param time when, in milliseconds since 1970
   * @param severity how bad it is
   * @param subject what it is about
   * @param text what happened
   */
  record Event(long number, long time, Severity severity, String subject, String text) {}

  void add(long now, Severity severity, String subject, String text) {
    events.add(new Event(next++, now, severity, Texts.cut(subject), Texts.cut(text)));
    if (events.size() > MAX_EVENTS) {
      events.remove();
    }
  }

  /** Returns the last ones, the oldest first. */
  List<Event> last(int count) {
    return events.stream().skip(Math.max(0, events.size() - count)).toList();
  }

  /** Returns those from a number on, the oldest first. */
  List<Event> from(long number) {
    return events.stream().filter(event -> event.number() >= number).toList();
  }

  /** Returns the number of the next event. */
  long next() {
    return next;
  }
}
