// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import com.sun.management.OperatingSystemMXBean;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.client.Masters;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.web.Reporter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code bin/rpcenv worker}. */
public final class WorkerMain {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);
  private static final int MAX_CORES = 1024;
  private static final int RESERVED_MEMORY = 1024;
  private static final Duration KEEP = Duration.ofMinutes(10);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String HELP =
      """
      usage: bin/rpcenv worker [options]
        --master HOST:PORT[,...]  where the masters listen (127.0.0.1:7077)
        --name NAME          unique in the cluster (worker-HOST-PORT)
        --cores N            how many tasks to run at a time (the machine's cores)
        --memory SIZE        what executors and drivers get together, such as 512m or 4g
                             (the machine's, less 1g)
        --work-dir FOLDER    where executors and drivers work and log (one for each name,
                             or the first that no other worker without a name uses)
        --keep-finished TIME how long folders stay after the end of an application (10m)
        --host HOST          address to listen at (127.0.0.1)
        --port PORT          port to listen at, 0: any free one (0)
        --insecure-bind      allow a --host that others can reach
        --address-file FILE  write host:port to FILE when listening
        --stop-on-eof        end when standard input ends
      """;

  private WorkerMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, WorkerMain::run);
  }

  private static void run(List<String> args, PrintStream out) throws Exception {
    Options options = options(args);
    int cores =
        options.wholeNumber("--cores", 1, MAX_CORES, Runtime.getRuntime().availableProcessors());
    int memory = options.mebibytes("--memory", DriverDescription.MIN_MEMORY, machineMemory());
    List<RpcAddress> masters = Masters.addresses(options);
    Duration keep = options.duration("--keep-finished", KEEP);
    Optional<String> givenName = name(options);
    Listening listening = Listening.of(options, 0).warn(System.err);
    AtomicReference<@Nullable String> fatal = new AtomicReference<>();
    try (RpcEnv env =
        RpcEnv.builder("worker")
            .listen(listening.host(), listening.port())
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(env), "shutdown"));
      String name = givenName.orElseGet(() -> defaultName(env));
      WorkDir workDir = workDir(options, givenName, keep);
      Reporter reporter = Reporter.start(env, "worker", name, masters);
      reporter.addOwnLog();
      workDir.tellLogs(reporter::addLog);
      ChildExecutors launcher = new ChildExecutors(workDir, arguments(listening, masters));
      env.setupEndpoint(
          WorkerMessage.ENDPOINT,
          new Worker(
              WorkerSettings.of(name, cores, memory, masters),
              launcher,
              Optional.of(workDir),
              new Ending(env, reporter, fatal)));
      LifeLine.shutdownAtEnd(options, env);
      Listening.publish(options, env);
      out.println("Worker [" + name + "] is listening at " + env.address().orElseThrow());
      env.awaitTermination();
    }
    String why = fatal.get();
    if (why != null) {
      throw new CommandException(ExitCode.UNREACHABLE, why);
    }
  }

  /**
   * Before the process ends, by whatever but kill -9: what it started ends, and leaves but logs.
   */
  private static void end(RpcEnv env) {
    env.close(); // first, or children would be reported as failed, and started again
    ChildJvm.endAll();
  }

  /** Ends the process, one way or the other. */
  private record Ending(RpcEnv env, Reporter reporter, AtomicReference<@Nullable String> fatal)
      implements Worker.Ends {

    @Override
    public void failed(String why) {
      fatal.set(why);
      env.shutdown();
    }

    @Override
    public void decommissioned() {
      new Thread(this::leave, "leave").start(); // for saying good-bye may take a while
    }

    private void leave() {
      reporter.close();
      env.shutdown();
    }
  }

  private static WorkDir workDir(Options options, Optional<String> name, Duration keep)
      throws CommandException {
    Executor deletion =
        Executors.newSingleThreadExecutor(
            run -> {
              Thread thread = new Thread(run, "deletion");
              thread.setDaemon(true);
              return thread;
            });
    String base =
        System.getProperty("rpcenv.state.dir", System.getProperty("java.io.tmpdir") + "/rpcenv");
    Path folder = options.text("--work-dir").map(Path::of).orElse(Path.of(base, "work"));
    try {
      return options.has("--work-dir")
          ? new WorkDir(folder, keep, System::nanoTime, deletion)
          : workDir(folder, name, keep, deletion);
    } catch (IOException e) {
      throw badFolder(folder, e);
    }
  }

  /** A worker of the same name may be here already; then the master is to say so, not we. */
  private static WorkDir workDir(
      Path parent, Optional<String> name, Duration keep, Executor deletion) throws IOException {
    if (name.isPresent()) {
      try {
        return new WorkDir(parent.resolve(name.get()), keep, System::nanoTime, deletion);
      } catch (IOException e) {
        LOG.warn("Another folder is used: {}", e.getMessage());
      }
    }
    return WorkDir.unnamed(parent, keep, System::nanoTime, deletion);
  }

  private static CommandException badFolder(Path folder, IOException why) {
    return CommandException.usage(
        "--work-dir",
        folder.toString(),
        "a folder that can be written to and no other worker uses; " + why.getMessage());
  }

  /** Returns the options that make a child listen at the same host, and report to the masters. */
  private static List<String> arguments(Listening listening, List<RpcAddress> masters) {
    List<String> arguments = new ArrayList<>(Listening.arguments(listening.host()));
    arguments.add(Masters.OPTION + "=" + Masters.text(masters));
    return arguments;
  }

  private static Optional<String> name(Options options) throws CommandException {
    Optional<String> name = options.text("--name");
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      throw CommandException.usage(
          "--name", name.get(), "letters, digits, dots and dashes, at most 100");
    }
    return name;
  }

  /** Returns what the machine has, less something for everybody else, in MiB. */
  private static int machineMemory() {
    long bytes =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Runtime.getRuntime().maxMemory();
    return (int) Math.max(RESERVED_MEMORY, (bytes >> 20) - RESERVED_MEMORY);
  }

  private static String defaultName(RpcEnv env) {
    RpcAddress address = env.address().orElseThrow();
    return "worker-" + address.host() + "-" + address.port();
  }

  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.addAll(
        List.of(Masters.OPTION, "--name", "--cores", "--memory", "--work-dir", "--keep-finished"));
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    return Options.parse(args, names, flags).withoutRest();
  }
}
