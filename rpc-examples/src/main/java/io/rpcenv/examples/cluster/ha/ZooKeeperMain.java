// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.ha;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** {@code bin/rpcenv zookeeper}: one ZooKeeper server, to try out several masters with. */
public final class ZooKeeperMain {

  private static final int DEFAULT_PORT = 2181;
  private static final String HELP =
      """
      usage: bin/rpcenv zookeeper [options]
        --host HOST          address to listen at (127.0.0.1)
        --port PORT          port to listen at, 0: any free one (2181)
        --data-dir FOLDER    where it keeps its data (in the log folder)
        --insecure-bind      allow a --host that others can reach
        --address-file FILE  write host:port to FILE when listening
        --stop-on-eof        end when standard input ends
      One server, to try out several masters with: bin/rpcenv master --ha zk://HOST:PORT/rpcenv
      """;

  private ZooKeeperMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, ZooKeeperMain::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Options options = options(args);
    Listening listening = Listening.of(options, DEFAULT_PORT).warn(System.err);
    String logs = System.getProperty("rpcenv.log.dir", System.getProperty("java.io.tmpdir"));
    Path folder =
        options.text("--data-dir").map(Path::of).orElseGet(() -> Path.of(logs, "zookeeper"));
    CountDownLatch end = new CountDownLatch(1);
    try (ZooKeeperNode server = start(listening, folder)) {
      LifeLine.atEnd(options, end::countDown);
      publish(options.text("--address-file"), server.address());
      out.println("ZooKeeper is listening at " + server.address());
      end.await();
    }
  }

  private static ZooKeeperNode start(Listening listening, Path folder) throws Exception {
    try {
      return ZooKeeperNode.start(listening.host(), listening.port(), folder);
    } catch (BindException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "--port: "
              + listening.port()
              + " (expected: a port that is free; "
              + e.getMessage()
              + ")");
    } catch (IOException e) {
      throw CommandException.usage(
          "--data-dir", folder.toString(), "a folder that can be written to; " + e.getMessage());
    }
  }

  private static void publish(Optional<String> file, String address) throws IOException {
    if (file.isPresent()) {
      Path temporary = Files.writeString(Path.of(file.get() + ".tmp"), address + "\n");
      Files.move(temporary, Path.of(file.get()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.add("--data-dir");
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    return Options.parse(args, names, flags).withoutRest();
  }
}
