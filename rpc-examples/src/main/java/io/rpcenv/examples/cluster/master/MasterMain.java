// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.ha.HighAvailability;
import io.rpcenv.examples.cluster.ha.ZooKeeperAvailability;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.web.MasterPage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code bin/rpcenv master}. */
public final class MasterMain {

  /** Where a master listens if nothing else is said. */
  public static final int DEFAULT_PORT = 7077;

  private static final Duration WORKER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(3);
  private static final String HELP =
      """
      usage: bin/rpcenv master [options]
        --host HOST            address to listen at (127.0.0.1)
        --port PORT            port to listen at, 0: any free one (7077)
        --worker-timeout TIME  a worker silent for longer is taken for dead (10s)
        --recovery-timeout TIME  a new master waits so long for those of its predecessor (3s)
        --recovery-dir FOLDER  where the state is kept (one for each port)
        --ha zk://HOST:PORT[,HOST:PORT...]/PATH
                               one of several masters: ZooKeeper keeps the state and elects
        --ha-timeout TIME      a master that ZooKeeper does not hear for longer is deposed (4s)
        --insecure-bind        allow a --host and a --web-host that others can reach
        --address-file FILE    write host:port to FILE when listening
        --stop-on-eof          end when standard input ends
      """
          + MasterPage.HELP;

  private MasterMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, MasterMain::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Options options = options(args);
    MasterSettings settings =
        new MasterSettings(
            timeout(options), options.duration("--recovery-timeout", RECOVERY_TIMEOUT));
    Listening listening = Listening.of(options, DEFAULT_PORT).warn(System.err);
    AtomicReference<@Nullable String> fatal = new AtomicReference<>();
    try (RpcEnv env =
            RpcEnv.builder("master")
                .listen(listening.host(), listening.port())
                .conf(Confs.quickToFail())
                .messages(Protocol.messages())
                .build();
        HighAvailability availability = availability(options, listening, env)) {
      RpcEndpointRef master =
          env.setupEndpoint(
              MasterMessage.ENDPOINT,
              new Master(
                  settings,
                  System::nanoTime,
                  availability,
                  why -> {
                    fatal.set(why);
                    env.shutdown();
                  }));
      try (MasterPage page = MasterPage.start(options, env, master)) {
        page.warn(System.err);
        LifeLine.shutdownAtEnd(options, env);
        page.announce(out);
        Listening.publish(options, env);
        out.println("Master is listening at " + env.address().orElseThrow());
        env.awaitTermination();
      }
    }
    String why = fatal.get();
    if (why != null) {
      throw new CommandException(ExitCode.FAILED, "this master leads no longer: " + why);
    }
  }

  private static HighAvailability availability(Options options, Listening listening, RpcEnv env)
      throws CommandException, IOException {
    if (options.has("--ha")) {
      if (options.has("--recovery-dir")) {
        throw CommandException.usage("--recovery-dir", "given", "not beside --ha");
      }
      return ZooKeeperAvailability.of(options);
    }
    Path folder = recoveryDir(options, env.address().orElseThrow());
    if (listening.port() == 0 && !options.has("--recovery-dir")) {
      forget(folder); // another master's that had this port by chance
    }
    try {
      return HighAvailability.folder(folder);
    } catch (IOException e) {
      throw CommandException.usage(
          "--recovery-dir",
          folder.toString(),
          "a folder that can be written to and no other master uses; " + e.getMessage());
    }
  }

  private static Path recoveryDir(Options options, RpcAddress address) {
    String base =
        System.getProperty("rpcenv.state.dir", System.getProperty("java.io.tmpdir") + "/rpcenv");
    String name = "master-state-" + address.hostPort().replaceAll("[^A-Za-z0-9.]", "-");
    return options.text("--recovery-dir").map(Path::of).orElseGet(() -> Path.of(base, name));
  }

  private static void forget(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.addAll(MasterPage.NAMES);
    names.addAll(
        List.of(
            "--worker-timeout", "--recovery-timeout", "--recovery-dir", "--ha", "--ha-timeout"));
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    return Options.parse(args, names, flags).withoutRest();
  }

  private static Duration timeout(Options options) throws CommandException {
    Duration timeout = options.duration("--worker-timeout", WORKER_TIMEOUT);
    if (timeout.compareTo(MasterSettings.MIN_WORKER_TIMEOUT) < 0) {
      throw CommandException.usage("--worker-timeout", timeout.toMillis() + "ms", "at least 100ms");
    }
    return timeout;
  }
}
