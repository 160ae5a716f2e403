// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cli.Program;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.Protocol;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code bin/rpcenv submit}: runs the driver of one job in this process. */
public final class SubmitMain {

  private static final int MAX_EXECUTORS = 10_000;
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final RpcAddress MASTER = RpcAddress.of("127.0.0.1", 7077);
  private static final String HELP =
      """
      usage: bin/rpcenv submit [options] sum [--from N] [--to N]
             bin/rpcenv submit [options] wordcount FILE [--output FILE] [--top N]
        --master HOST:PORT  where the master listens (127.0.0.1:7077)
        --partitions N      how many tasks to split the job into (2)
        --min-workers N     wait up to 5s for so many workers (1)
        --wait TIME         give up after so long without any worker (30s)
        --from N, --to N    first and last number to add up (1, 100)
        --output FILE       write all counts to FILE, as `sort | uniq -c` would
        --top N             print the N most frequent words (10)
        --host HOST         address that workers call back (127.0.0.1)
        --port PORT         port that workers call back, 0: any free one (0)
        --insecure-bind     allow a --host that others can reach
        --stop-on-eof       end when standard input ends
      exit codes: 0 done, 1 the job failed, 2 bad option or missing file,
                  3 no master there, 4 no workers
      """;

  private SubmitMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    Program.main(args, HELP, SubmitMain::run);
  }

  static void run(List<String> args, PrintStream out) throws Exception {
    Options options = options(args);
    Job<?> job = JobArguments.job(options);
    RpcAddress master = options.address("--master", MASTER);
    DriverSettings settings =
        DriverSettings.of(
            options.wholeNumber("--min-workers", 1, MAX_EXECUTORS, 1),
            options.duration("--wait", WAIT));
    JobReport report = JobReport.of(options, out);
    Listening listening = Listening.of(options, 0).warn(System.err);
    LifeLine.atEnd(options, () -> Runtime.getRuntime().halt(ExitCode.FAILED.number()));
    try (RpcEnv env =
        RpcEnv.builder("driver")
            .listen(listening.host(), listening.port())
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      RpcEndpointRef ref = find(env, master);
      System.err.println(job.name() + " goes to the master at " + master);
      ConsoleProgress progress = new ConsoleProgress(System.err, job.tasks().size());
      report.print(job, new JobRunner(env, ref, settings, progress).run(job));
    } catch (JobFailedException e) {
      throw new CommandException(exitCode(e), job.name() + ": " + e.getMessage());
    }
  }

  private static RpcEndpointRef find(RpcEnv env, RpcAddress master) throws CommandException {
    try {
      return env.setupEndpointRef(master, MasterMessage.ENDPOINT);
    } catch (RpcEndpointNotFoundException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE, "the process at " + master + " is no master: " + e.getMessage());
    } catch (RpcException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE,
          "no master at " + master + ": " + e.getMessage() + " (start one: bin/rpcenv master)");
    }
  }

  private static ExitCode exitCode(JobFailedException e) {
    return switch (e.reason()) {
      case TASK_FAILED -> ExitCode.FAILED;
      case NO_EXECUTORS -> ExitCode.NO_WORKERS;
      case REFUSED -> ExitCode.UNREACHABLE;
    };
  }

  /** Which options there are depends on the job, so the job's name is looked for first. */
  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.addAll(List.of("--master", "--min-workers", "--wait"));
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    Set<String> all = new HashSet<>(names);
    all.addAll(JobArguments.SUM_NAMES);
    all.addAll(JobArguments.WORDCOUNT_NAMES);
    List<String> rest = Options.parse(args, all, flags).rest();
    if (rest.isEmpty()) {
      throw CommandException.usage("job", "nothing", "sum or wordcount, see --help");
    }
    names.addAll(JobArguments.namesOf(rest.get(0)));
    return Options.parse(args, names, flags);
  }
}
