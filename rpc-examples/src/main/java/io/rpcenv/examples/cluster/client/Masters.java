// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.MasterStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The masters that a program was told of, of which one leads. */
public final class Masters {

  /** The option that names them. */
  public static final String OPTION = "--master";

  private static final RpcAddress DEFAULT = RpcAddress.of("127.0.0.1", 7077);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REGISTRATION = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final RpcEnv env;
  private final List<RpcAddress> addresses;

  /**
   * Makes a list.
   *
   * @param env what they are asked with
   * @param addresses where they listen
   */
  public Masters(RpcEnv env, List<RpcAddress> addresses) {
    this.env = env;
    this.addresses = List.copyOf(addresses);
  }

  /**
   * A master and what it says.
   *
   * @param ref the master
   * @param state of the cluster
   */
  public record Leader(RpcEndpointRef ref, MasterStateResponse state) {}

  private record Answer(RpcAddress address, Optional<Leader> master, String failure) {}

  /** Reads the option. */
  public static List<RpcAddress> addresses(Options options) throws CommandException {
    return options.addresses(OPTION, DEFAULT);
  }

  /** Writes addresses as the option's value. */
  public static String text(List<RpcAddress> addresses) {
    return addresses.stream().map(RpcAddress::hostPort).collect(Collectors.joining(","));
  }

  /**
   * Finds the one that leads. Blocks. If none leads, but one is there that may, it waits for that.
   *
   * @param patience how long
   * @throws CommandException if there is none
   */
  public Leader find(Duration patience) throws CommandException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      List<Answer> answers = askAll().join();
      Optional<Leader> leader = leader(answers);
      if (leader.isPresent()) {
        return leader.get();
      }
      boolean mayComeSoon = answers.stream().anyMatch(answer -> answer.master().isPresent());
      if (!mayComeSoon || System.nanoTime() > deadline) {
        throw notFound(answers);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /** Returns an application's line to masters: one that leads now, and who may after it. */
  public AppClient.Line line(RpcEndpointRef leader) {
    return new AppClient.Line(
        leader, () -> find().thenApply(found -> found.map(Leader::ref)), REGISTRATION);
  }

  /** Returns the one that leads, if there is one. Does not block. */
  CompletableFuture<Optional<Leader>> find() {
    return askAll().thenApply(Masters::leader);
  }

  private static Optional<Leader> leader(List<Answer> answers) {
    return answers.stream()
        .flatMap(answer -> answer.master().stream())
        .filter(leader -> leader.state().status() != MasterStatus.STANDBY)
        .max(Comparator.comparingLong(leader -> leader.state().epoch()));
  }

  private CompletableFuture<List<Answer>> askAll() {
    List<CompletableFuture<Answer>> answers = addresses.stream().map(this::ask).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Answer> ask(RpcAddress address) {
    String uri = RpcEndpointAddress.of(address, MasterMessage.ENDPOINT).toString();
    return env.asyncSetupEndpointRefByURI(uri)
        .thenCompose(
            ref ->
                ref.ask(new RequestMasterState(), ASK_TIMEOUT)
                    .thenApply(
                        state -> new Answer(address, Optional.of(new Leader(ref, state)), "")))
        .toCompletableFuture()
        .orTimeout(ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) // also for the connection
        .exceptionally(failure -> new Answer(address, Optional.empty(), explain(address, failure)));
  }

  private static String explain(RpcAddress address, Throwable failure) {
    return Failures.cause(failure) instanceof RpcEndpointNotFoundException e
        ? "the process at " + address + " is no master: " + e.getMessage()
        : "no master at " + address + ": " + Failures.text(failure);
  }

  private CommandException notFound(List<Answer> answers) {
    if (answers.stream().anyMatch(answer -> answer.master().isPresent())) {
      return new CommandException(
          ExitCode.UNREACHABLE, "no master leads at " + text(addresses) + ", only standbys");
    }
    String all = answers.stream().map(Answer::failure).collect(Collectors.joining("; "));
    boolean somebody = answers.stream().anyMatch(answer -> answer.failure().startsWith("the pro"));
    return new CommandException(
        ExitCode.UNREACHABLE, somebody ? all : all + " (start one: bin/rpcenv master)");
  }
}
