// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcAddress;
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
import io.rpcenv.examples.cluster.client.Masters;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import io.rpcenv.examples.cluster.data.TaskCodec;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse.WorkerSummary;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerState;
import io.rpcenv.examples.cluster.web.Reporter;
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

  /** Options of an application, wherever its driver runs. */
  static final List<String> APPLICATION_NAMES =
      List.of("--min-workers", "--wait", "--plugins", "--executor-memory", "--executor-cores");

  private static final int MAX_EXECUTORS = 10_000;
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration STATE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LEAST_SLOW = Duration.ofSeconds(2);
  private static final Duration MASTER_WAIT = Duration.ofSeconds(10);
  private static final String HELP =
      """
      usage: bin/rpcenv submit [options] sum [--from N] [--to N]
             bin/rpcenv submit [options] wordcount FILE [--output FILE] [--top N]
             bin/rpcenv submit [options] index FILE... [--output FILE] [--top N]
             bin/rpcenv submit [options] pi [--samples N] [--seed N]
             bin/rpcenv submit [options] stream-wordcount FOLDER [--batches N]
             bin/rpcenv submit [options] --jar FILE --class NAME [--] [ARGUMENT...]
        --master HOST:PORT[,...]  where the masters listen (127.0.0.1:7077), or
                 local[N]   run it in this process, N tasks at a time
        --partitions N      how many tasks to split the job into (2)
        --min-workers N     wait up to 5s for so many workers (1)
        --wait TIME         give up after so long without any worker (30s)
        --progress KIND     what to show meanwhile: bars, lines or none (bars on a
                            terminal, otherwise lines)
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
        --executor-memory SIZE  heap of each executor, and its limit outside of it (512m)
        --executor-cores N  tasks that each executor runs at a time, 0: what is free (0)
        --deploy-mode MODE  where the driver runs, client: here, cluster: on a worker (client)
      with --deploy-mode cluster:
        --driver-memory SIZE, --driver-cores N  what the driver gets (256m, 1)
        --supervise         start it again when it fails or its worker is lost
        --follow            wait for its end, not only until it has started; with --supervise
                            and --jar it has to, because workers get the jar from this process
        --jar FILE          the application's classes, or a jar for the class path
        --main-class CLASS [-- ARGUMENT...]  run the main of CLASS instead of a job
      in general:
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
    int dashes = args.indexOf("--");
    List<String> own = dashes < 0 ? args : args.subList(0, dashes);
    if (own.stream().anyMatch(arg -> arg.matches("--main-class(=.*)?"))) {
      runMainClass(own, args.subList(Math.min(own.size() + 1, args.size()), args.size()), out);
      return;
    }
    Options options = options(args);
    LifeLine.atEnd(options, () -> LifeLine.exit(ExitCode.FAILED));
    if (ClusterDeploy.isWanted(options)) {
      JobArguments.check(options);
      ClusterDeploy.run(
          options,
          ClusterDeploy.driverArguments(options, Masters.addresses(options)),
          settings(options).noExecutorsLimit(),
          out);
      return;
    }
    Submission submission = JobArguments.submission(options, out);
    OptionalInt local = LocalMaster.cores(options);
    Optional<URLClassLoader> jar = classes(submission);
    TaskCodec code = jar.map(TaskCodec::new).orElseGet(TaskCodec::ofExamples);
    try {
      List<RpcPlugin> plugins = plugins(options, code);
      if (local.isPresent()) {
        runHere(submission, code, plugins, local.getAsInt(), JobProgress.of(options, System.err));
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
      Submission submission,
      TaskCodec code,
      List<RpcPlugin> plugins,
      int cores,
      JobProgress progress)
      throws CommandException, JobFailedException, InterruptedException, IOException {
    try (RpcEnv env = RpcEnv.builder("driver").messages(Protocol.messages()).build();
        Application application =
            Application.local(env, cores, code, plugins, LEAST_SLOW, progress)) {
      submission.run(application);
    } finally {
      progress.ended();
    }
  }

  private static void runOnCluster(
      Options options, Submission submission, TaskCodec code, List<RpcPlugin> plugins)
      throws CommandException, JobFailedException, InterruptedException, IOException {
    List<RpcAddress> masters = Masters.addresses(options);
    DriverSettings settings = settings(options);
    Listening listening = Listening.of(options, 0).warn(System.err);
    try (RpcEnv env =
        RpcEnv.builder("driver")
            .listen(listening.host(), listening.port())
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      Masters known = new Masters(env, masters);
      RpcEndpointRef ref = known.find(MASTER_WAIT).ref();
      System.err.println(
          submission.name() + " goes to the master at " + ref.address().orElseThrow());
      try (Reporter reporter = Reporter.start(env, "driver", submission.name(), masters)) {
        reporter.addOwnLog();
        JobProgress console = JobProgress.of(options, System.err);
        StageProgress progress = new StageProgress(console, reporter, submission.name());
        try (Application application =
            Application.onCluster(
                env,
                known.line(ref),
                submission.name(),
                settings,
                code,
                submission.jar(),
                plugins,
                progress)) {
          reporter.pluginMetrics(application.plugins()::metrics);
          run(submission, application, progress);
        } catch (JobFailedException e) {
          throw explained(e, ref, settings);
        } finally {
          console.ended();
        }
      }
    }
  }

  /** Says how it went while the application is there: the master takes one that goes for done. */
  private static void run(Submission submission, Application application, StageProgress progress)
      throws CommandException, JobFailedException, InterruptedException, IOException {
    try {
      submission.run(application);
      progress.finished();
    } catch (Exception e) {
      boolean isForPeople = e instanceof JobFailedException || e instanceof CommandException;
      progress.failed(isForPeople ? String.valueOf(e.getMessage()) : e.toString());
      throw e;
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

  private static JobFailedException explained(
      JobFailedException e, RpcEndpointRef master, DriverSettings settings) {
    return e.reason() == Reason.NO_EXECUTORS
        ? new JobFailedException(e.reason(), e.getMessage() + "; " + whatIsThere(master, settings))
        : e;
  }

  private static String whatIsThere(RpcEndpointRef master, DriverSettings settings) {
    try {
      return whatIsThere(
          master.askSync(new RequestMasterState(), STATE_TIMEOUT).workers(), settings);
    } catch (RpcException e) {
      return "the master does not answer, either: " + e.getMessage();
    }
  }

  /** Says which workers there are, and whether what an executor wants is free on any of them. */
  static String whatIsThere(List<WorkerSummary> workers, DriverSettings settings) {
    String known = "the master knows of " + workers.size() + " worker(s)";
    if (workers.isEmpty()) {
      return known;
    }
    int cores = Math.max(1, settings.executorCores());
    int memory = settings.executorMemory();
    long fitting =
        workers.stream()
            .filter(worker -> worker.state() == WorkerState.ALIVE)
            .filter(worker -> worker.cores() - worker.coresUsed() >= cores)
            .filter(worker -> worker.memory() - worker.memoryUsed() >= memory)
            .count();
    return "%s, and %d of them could run an executor of %d core(s) and %d MiB now%s"
        .formatted(known, fitting, cores, memory, fitting == 0 ? "" : ": see their logs");
  }

  private static DriverSettings settings(Options options) throws CommandException {
    return DriverSettings.of(
            options.wholeNumber("--min-workers", 1, MAX_EXECUTORS, 1),
            options.duration("--wait", WAIT))
        .withExecutors(
            options.mebibytes(
                "--executor-memory",
                DriverDescription.MIN_MEMORY,
                ApplicationDescription.DEFAULT_MEMORY),
            options.wholeNumber("--executor-cores", 0, Integer.MAX_VALUE, 0));
  }

  /** A class that is not ours has arguments that are not ours, either: they follow {@code --}. */
  private static void runMainClass(List<String> own, List<String> arguments, PrintStream out)
      throws Exception {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.addAll(ClusterDeploy.NAMES);
    names.addAll(List.of(Masters.OPTION, "--wait", JobProgress.OPTION));
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    flags.addAll(ClusterDeploy.FLAGS);
    Options options = Options.parse(own, names, flags).withoutRest();
    if (!ClusterDeploy.isWanted(options)) {
      throw CommandException.usage("--main-class", "alone", "--deploy-mode cluster as well");
    }
    LifeLine.atEnd(options, () -> LifeLine.exit(ExitCode.FAILED));
    ClusterDeploy.run(options, arguments, options.duration("--wait", WAIT), out);
  }

  private static ExitCode exitCode(JobFailedException e) {
    return switch (e.reason()) {
      case TASK_FAILED, CANCELLED -> ExitCode.FAILED;
      case NO_EXECUTORS -> ExitCode.NO_WORKERS;
      case REFUSED -> ExitCode.UNREACHABLE;
    };
  }

  /** Which options there are depends on the job, so the job's name is looked for first. */
  static Options options(List<String> args) throws CommandException {
    Set<String> names = new HashSet<>(Listening.NAMES);
    names.add(Masters.OPTION);
    names.addAll(APPLICATION_NAMES);
    names.add(JobProgress.OPTION);
    names.addAll(ClusterDeploy.NAMES);
    Set<String> flags = new HashSet<>(Listening.FLAGS);
    flags.add(LifeLine.FLAG);
    flags.addAll(ClusterDeploy.FLAGS);
    Set<String> all = new HashSet<>(names);
    all.addAll(JobArguments.allNames());
    names.addAll(JobArguments.namesOf(Options.parse(args, all, flags)));
    return Options.parse(args, names, flags);
  }
}
