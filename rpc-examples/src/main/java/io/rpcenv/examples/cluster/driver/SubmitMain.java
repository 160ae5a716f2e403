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
import io.rpcenv.examples.cluster.Folders;
import io.rpcenv.examples.cluster.Plugins;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.plugin.RpcPlugin;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code bin/rpcenv submit}: runs the driver of one job in this process. */
public final class SubmitMain {

  private static final int MAX_EXECUTORS = 10_000;
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration STATE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LEAST_SLOW = Duration.ofSeconds(2);
  private static final RpcAddress MASTER = RpcAddress.of("127.0.0.1", 7077);
  private static final String HELP =
      """
      usage: bin/rpcenv submit [options] sum [--from N] [--to N]
             bin/rpcenv submit [options] wordcount FILE [--output FILE] [--top N]
             bin/rpcenv submit [options] index FILE... [--output FILE] [--top N]
             bin/rpcenv submit [options] pi [--samples N] [--seed N]
             bin/rpcenv submit [options] stream-wordcount FOLDER [--batches N]
             bin/rpcenv submit [options] --jar FILE --class NAME [--] [ARGUMENT...]
        --master HOST:PORT  where the master listens (127.0.0.1:7077), or
                 local[N]   run it in this process, N tasks at a time
        --partitions N      how many tasks to split the job into (2)
        --min-workers N     wait up to 5s for so many workers (1)
        --wait TIME         give up after so long without any worker (30s)
        --from N, --to N    first and last number to add up (1, 100)
        --output FILE       write all counts to FILE, as `sort | uniq -c` would, or the index
        --top N             print the N most frequent words, or first ones (10)
        --samples N         how many points at random (10000000)
        --seed N            where the random numbers begin (1)
        --checkpoint FOLDER where a stream goes on from (FOLDER/_checkpoint)
        --interval TIME     how often a stream looks for files (1s)
        --batches N         a stream ends after so many, 0: never (0)
        --jar FILE          the application's classes
        --class NAME        the one that implements JobProgram
        --plugins A,B       classes of plugins, such as
                            io.rpcenv.examples.cluster.plugin.TaskCountPlugin
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
    Submission submission = JobArguments.submission(options, out);
    LifeLine.atEnd(options, () -> Runtime.getRuntime().halt(ExitCode.FAILED.number()));
    OptionalInt local = LocalMaster.cores(options);
    Optional<URLClassLoader> jar = classes(submission);
    TaskCodec code = jar.map(TaskCodec::new).orElseGet(TaskCodec::ofExamples);
    try {
      List<RpcPlugin> plugins = plugins(options, code);
      if (local.isPresent()) {
        runHere(submission, code, plugins, local.getAsInt());
      } else {
        runOnCluster(options, submission, code, plugins);
      }
    } catch (JobFailedException e) {
      throw new CommandException(exitCode(e), submission.name() + ": " + e.getMessage());
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, submission.name() + ": " + e);
    } finally {
      jar.ifPresent(Folders::close);
    }
  }

  private static Optional<URLClassLoader> classes(Submission submission) throws CommandException {
    if (submission.jar().isEmpty()) {
      return Optional.empty();
    }
    Path jar = submission.jar().get();
    try {
      return Optional.of(TaskCodec.loaderOf(jar));
    } catch (IOException e) {
      throw CommandException.usage("--jar", jar.toString(), "a jar: " + e.getMessage());
    }
  }

  private static void runHere(
      Submission submission, TaskCodec code, List<RpcPlugin> plugins, int cores)
      throws CommandException, JobFailedException, InterruptedException, IOException {
    ConsoleProgress progress = new ConsoleProgress(System.err);
    try (RpcEnv env = RpcEnv.builder("driver").messages(Protocol.messages()).build();
        Application application =
            Application.local(env, cores, code, plugins, LEAST_SLOW, progress)) {
      submission.run(application);
    }
  }

  private static void runOnCluster(
      Options options, Submission submission, TaskCodec code, List<RpcPlugin> plugins)
      throws CommandException, JobFailedException, InterruptedException, IOException {
    RpcAddress master = options.address("--master", MASTER);
    DriverSettings settings =
        DriverSettings.of(
            options.wholeNumber("--min-workers", 1, MAX_EXECUTORS, 1),
            options.duration("--wait", WAIT));
    Listening listening = Listening.of(options, 0).warn(System.err);
    try (RpcEnv env =
        RpcEnv.builder("driver")
            .listen(listening.host(), listening.port())
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      RpcEndpointRef ref = find(env, master);
      System.err.println(submission.name() + " goes to the master at " + master);
      ConsoleProgress progress = new ConsoleProgress(System.err);
      try (Application application =
          Application.onCluster(
              env, ref, submission.name(), settings, code, submission.jar(), plugins, progress)) {
        submission.run(application);
      } catch (JobFailedException e) {
        throw explained(e, ref);
      }
    }
  }

  private static List<RpcPlugin> plugins(Options options, TaskCodec code) throws CommandException {
    String names = options.text("--plugins").orElse("");
    try {
      return Plugins.load(names, code.application());
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--plugins", names, "classes of plugins: " + e.getMessage());
    }
  }

  private static JobFailedException explained(JobFailedException e, RpcEndpointRef master) {
    return e.reason() == Reason.NO_EXECUTORS
        ? new JobFailedException(e.reason(), e.getMessage() + "; " + whatMasterKnows(master))
        : e;
  }

  private static String whatMasterKnows(RpcEndpointRef master) {
    try {
      int workers = master.askSync(new RequestMasterState(), STATE_TIMEOUT).workers().size();
      return "the master knows of " + workers + " worker(s)";
    } catch (RpcException e) {
      return "the master does not answer, either: " + e.getMessage();
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
      case TASK_FAILED, CANCELLED -> ExitCode.FAILED;
      case NO_EXECUTORS -> ExitCode.NO_WORKERS;
      case REFUSED -> ExitCode.UNREACHABLE;
    };
  }

  /** Which options there are depends on the job, so the job's name is looked for first. */
  private static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.addAll(List.of("--master", "--min-workers", "--wait", "--plugins"));
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    Set<String> all = new HashSet<>(names);
    all.addAll(JobArguments.allNames());
    names.addAll(JobArguments.namesOf(Options.parse(args, all, flags)));
    return Options.parse(args, names, flags);
  }
}
