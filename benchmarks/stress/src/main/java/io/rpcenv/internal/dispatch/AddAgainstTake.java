// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import io.rpcenv.RpcConf;
import io.rpcenv.transport.PollTime;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two threads play ping-pong over two queues, so that each falls asleep while the other adds what
 * it waits for. Nobody else looks: one that is not woken sleeps until its time is up. The result:
 * what each got.
 */
@JCStressTest
@Description("a thread of a pool falls asleep against a task that is added: it is woken")
@Outcome(id = "pong, ping", expect = Expect.ACCEPTABLE, desc = "both taken")
@Outcome(id = ".*nothing.*", expect = Expect.FORBIDDEN, desc = "lost wake-up")
@Outcome(expect = Expect.FORBIDDEN, desc = "not what was added, or interrupted")
@State
public class AddAgainstTake {

  private record Task(String name) implements Runnable {
    @Override
    public void run() {}
  }

  /** Longer than any thread waits for a processor, shorter than jcstress waits for a test. */
  private static final long LONG = TimeUnit.SECONDS.toNanos(10);

  private static final RpcConf CONF = RpcConf.defaults();

  private static final Task PING = new Task("ping");
  private static final Task PONG = new Task("pong");

  private final RunQueue there = polling();
  private final RunQueue back = polling();

  /** Makes a queue whose threads poll for as long as they ever do. */
  private static RunQueue polling() {
    PollTime pollTime = new PollTime(CONF, System::nanoTime);
    for (int i = 0; i < 5; i++) {
      pollTime.learn(0);
    }
    return new RunQueue(pollTime, new ConcurrentLinkedQueue<>(), System::nanoTime);
  }

  private static String take(RunQueue queue) {
    try {
      return queue.take(LONG) instanceof Task task ? task.name() : "nothing";
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  @Actor
  public void server(LL_Result r) {
    there.add(PING);
    r.r1 = take(back);
  }

  @Actor
  public void returner(LL_Result r) {
    r.r2 = take(there);
    back.add(PONG);
  }
}
