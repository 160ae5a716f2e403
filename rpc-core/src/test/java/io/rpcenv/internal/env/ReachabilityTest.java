// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcFuture;
import io.rpcenv.RpcRequest;
import io.rpcenv.contract.Eventually;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept for long, futures and references, keeps nothing else alive. */
@Timeout(40)
class ReachabilityTest {

  private record Request(boolean answered) implements RpcRequest<String> {}

  /** Answers if it is told to; keeps the call, not the message. */
  private static final class Half extends RpcEndpoint {

    private final List<RpcCallContext> calls = new CopyOnWriteArrayList<>();

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) {
      calls.add(call);
      if (((Request) message).answered()) {
        call.reply("yes");
      }
    }
  }

  private final RpcEnv env = RpcEnv.builder("reach").build();

  @AfterEach
  void close() {
    env.close();
  }

  private static void assertCollected(WeakReference<?> reference, Object kept) {
    try {
      Eventually.await(
          "collected",
          () -> {
            System.gc();
            return reference.get() == null;
          });
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  /** Asks and lets go of the request. */
  private static WeakReference<Request> ask(
      RpcEndpointRef ref, List<RpcFuture<String>> kept, boolean answered) {
    Request request = new Request(answered);
    kept.add(ref.ask(request, Duration.ofMillis(50)));
    return new WeakReference<>(request);
  }

  @Test
  void anAskThatEndedDoesNotKeepItsRequest() {
    Half half = new Half();
    RpcEndpointRef ref = env.setupEndpoint("e", half);
    List<RpcFuture<String>> kept = new CopyOnWriteArrayList<>();
    WeakReference<Request> answered = ask(ref, kept, true);
    WeakReference<Request> expired = ask(ref, kept, false);
    assertThat(kept.get(0).join()).isEqualTo("yes");
    assertThatThrownBy(kept.get(1)::join).isInstanceOf(CompletionException.class);
    assertCollected(answered, kept);
    assertCollected(expired, kept);
    assertThat(half.calls).as("still here").hasSize(2);
  }

  @Test
  void anAskThatWasNeverHandledDoesNotKeepItsRequest() {
    RpcEndpointRef ref = env.setupEndpoint("e", new Half());
    env.stop(ref);
    List<RpcFuture<String>> kept = new CopyOnWriteArrayList<>();
    WeakReference<Request> refused = ask(ref, kept, true);
    env.shutdown();
    WeakReference<Request> late = ask(ref, kept, true);
    kept.forEach(ask -> assertThatThrownBy(ask::join).isInstanceOf(CompletionException.class));
    assertCollected(refused, kept);
    assertCollected(late, kept);
  }

  /** Uses an endpoint, stops it, and lets go of it. */
  private WeakReference<RpcEndpoint> stopped(
      RpcEndpointRef[] ref, List<RpcFuture<String>> kept, boolean answered) {
    Half half = new Half();
    ref[0] = env.setupEndpoint("e", half);
    ask(ref[0], kept, answered);
    assertThat(kept.get(0)).satisfies(ask -> Eventually.await("ended", ask::isDone));
    half.stop();
    Eventually.await(
        "stopped", () -> env.stats().endpoints().stream().noneMatch(e -> e.name().equals("e")));
    return new WeakReference<>(half);
  }

  @Test
  void aReferenceAndAnAskDoNotKeepAnEndpointThatHasStopped() {
    for (boolean answered : new boolean[] {true, false}) {
      RpcEndpointRef[] ref = new RpcEndpointRef[1];
      List<RpcFuture<String>> kept = new CopyOnWriteArrayList<>();
      assertCollected(stopped(ref, kept, answered), List.of(ref, kept));
    }
  }
}
