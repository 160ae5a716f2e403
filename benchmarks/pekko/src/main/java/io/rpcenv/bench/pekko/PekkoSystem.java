// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.pekko;

import io.rpcenv.bench.BenchSystem;
import io.rpcenv.bench.Blob;
import io.rpcenv.bench.Child;
import io.rpcenv.bench.Sample;
import io.rpcenv.bench.Work;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;

/** Pekko remote: Artery over TCP, jackson-cbor, the ask pattern of its Java API. */
public final class PekkoSystem implements BenchSystem {

  private static final Duration TIMEOUT = Duration.ofSeconds(120);

  private final ActorSystem server = ActorSystem.create("server");
  private final ActorSystem client = ActorSystem.create("client");
  private final ActorRef local;
  private final ActorRef remote;
  private final ActorRef remoteLarge;

  private PekkoSystem(Consumer<Sample> sink) {
    local = server.actorOf(Props.create(EchoActor.class, () -> new EchoActor(sink)), "echo");
    server.actorOf(Props.create(EchoActor.class, () -> new EchoActor(sink)), "large");
    remote = resolve("echo");
    remoteLarge = resolve("large");
  }

  private ActorRef resolve(String name) {
    Address address = ((ExtendedActorSystem) server).provider().getDefaultAddress();
    return client
        .actorSelection(address + "/user/" + name)
        .resolveOne(TIMEOUT)
        .toCompletableFuture()
        .join();
  }

  @Override
  public Set<Work> works() {
    // Artery has a buffer of the largest frame for each direction and more: 64 MiB is not for it.
    return EnumSet.complementOf(EnumSet.of(Work.FILE, Work.MIXED));
  }

  @Override
  public void ask(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    ask(remote, message, Sample.class, done);
  }

  @Override
  public void askLarge(Blob message, BiConsumer<? super Blob, ? super Throwable> done) {
    ask(remoteLarge, message, Blob.class, done);
  }

  @Override
  public void send(Sample message) {
    remote.tell(message, ActorRef.noSender());
  }

  @Override
  public void localSend(Sample message) {
    local.tell(message, ActorRef.noSender());
  }

  @Override
  public void localAsk(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
    ask(local, message, Sample.class, done);
  }

  private static <M> void ask(
      ActorRef ref, M message, Class<M> type, BiConsumer<? super M, ? super Throwable> done) {
    Patterns.ask(ref, message, TIMEOUT)
        .whenComplete((reply, failure) -> done.accept(type.cast(reply), failure));
  }

  @Override
  public void close() {
    client.terminate();
    server.terminate();
  }

  /** Runs the system for the one who started this JVM. */
  public static void main(String[] args) {
    Child.main(PekkoSystem::new);
  }
}
