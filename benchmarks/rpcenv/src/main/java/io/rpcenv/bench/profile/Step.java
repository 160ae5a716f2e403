// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.profile;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a thread may be busy with. Of a stack the innermost frame that says so counts. */
enum Step {
  SLEEP(
      "sleep and wake-up: futex, eventfd, yield", "futex|pthread_|eventfd|[uU]npark|[pP]ark|yield"),
  WRITE("socket, out: send, writev", "^(__GI_+)?(send|writev)|netty_unix.*(send|write)"),
  READ("socket, in: recv", "^(__GI_+)?recv|netty_unix.*recv"),
  EPOLL("epoll_wait", "epoll"),
  BENCHMARK("the benchmark: driving and checking", "^io/rpcenv/bench/"),
  SERIALIZER(
      "serializer: Kryo and the codecs", "^io/rpcenv/netty/internal/kryo/|^com/esotericsoftware/"),
  FRAMES("frames", "^io/rpcenv/netty/internal/codec/|/channel/Frame"),
  CONNECTION("connection, loop", "^io/rpcenv/netty/"),
  OUTBOX("outbox, pending calls", "^io/rpcenv/internal/outbound/"),
  DISPATCH("inbox, dispatch", "^io/rpcenv/internal/(dispatch|queue)/"),
  FUTURES(
      "futures, deadlines", "^io/rpcenv/internal/call/|^java/util/concurrent/CompletableFuture"),
  ENV("references, messages", "^io/rpcenv/"),
  NETTY("Netty", "^io/netty/"),
  GC("garbage collection", "^G1|^GC_|Collect"),
  OTHER("the rest: kernel, compilers, JVM", "");

  private final String label;
  private final Predicate<String> frame;

  Step(String label, String frame) {
    this.label = label;
    this.frame = Pattern.compile(frame).asPredicate();
  }

  String label() {
    return label;
  }

  static Step of(Stack stack) {
    if (stack.thread().startsWith("C1 ") || stack.thread().startsWith("C2 ")) {
      return OTHER;
    }
    List<String> frames = stack.frames();
    for (int i = frames.size() - 1; i >= 0; i--) {
      for (Step step : values()) {
        if (step != OTHER && step.frame.test(frames.get(i))) {
          return step;
        }
      }
    }
    return OTHER;
  }
}
