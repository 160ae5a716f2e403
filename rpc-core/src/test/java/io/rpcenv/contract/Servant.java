// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpointRef;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every message of the suite as that message says. */
public class Servant extends Recorder {

  private final Queue<RpcCallContext> kept = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failed = new AtomicInteger();
  private final CountDownLatch cancelled = new CountDownLatch(1);

  /** Returns the calls that were never answered. */
  public final List<RpcCallContext> kept() {
    return List.copyOf(kept);
  }

  /** Waits until so many calls are kept, and returns the last. */
  public final RpcCallContext awaitKept(int calls) {
    Eventually.await(calls + " kept calls", () -> kept.size() >= calls);
    return kept().get(calls - 1);
  }

  /** Returns how many {@link Msg.Fail} were handled. */
  public final int failed() {
    return failed.get();
  }

  /** Opens when a kept call is cancelled. */
  public final CountDownLatch cancelled() {
    return cancelled;
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Msg.Never) {
      call.onCancel(cancelled::countDown);
      kept.add(call);
    } else if (message instanceof Msg.Fail fail) {
      failed.incrementAndGet();
      fail(fail.how());
    } else if (message instanceof Msg.Carry carry) {
      forward(carry.ref(), call);
    } else if (message instanceof Msg.Deep deep) {
      forward(deep.refs().get(0).get("ref"), call);
    } else {
      answerPlain(message, call);
    }
  }

  private void answerPlain(Object message, RpcCallContext call) throws Exception {
    if (message instanceof Msg.Count count) {
      call.reply(count.n());
    } else if (message instanceof Msg.Blob blob) {
      call.reply(blob.bytes().length);
    } else if (message instanceof Msg.Give give) {
      call.reply(new byte[give.size()]);
    } else if (message instanceof Msg.WhoAreYou) {
      call.reply(self());
    } else if (message instanceof Msg.GiveBack back) {
      call.reply(back.ref());
    } else if (message instanceof Msg.WhereAmI) {
      call.reply(call.senderAddress().map(RpcAddress::toString).orElse("nowhere"));
    } else if (message instanceof Loose.Any any) {
      call.reply(any.value());
    } else {
      super.receiveAndReply(message, call);
    }
  }

  private static void forward(RpcEndpointRef ref, RpcCallContext call) {
    ref.ask(new Msg.Echo("through a ref"))
        .whenComplete(
            (reply, failure) -> {
              if (failure == null) {
                call.reply(reply);
              } else {
                call.sendFailure(failure);
              }
            });
  }

  private static void fail(String how) throws Exception {
    switch (how) {
      case "stack" -> throw new StackOverflowError("as asked");
      case "memory" -> throw new OutOfMemoryError("as asked");
      case "error" -> throw new AssertionError("as asked");
      case "odd" -> throw new Outside.OddException("as asked", new IllegalStateException("root"));
      default -> throw new IllegalStateException(how);
    }
  }
}
