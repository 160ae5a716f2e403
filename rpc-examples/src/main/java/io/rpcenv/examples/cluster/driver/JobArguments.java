// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.job.IndexJob;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.job.PiJob;
import io.rpcenv.examples.cluster.job.StreamWordCount;
import io.rpcenv.examples.cluster.job.SumJob;
import io.rpcenv.examples.cluster.job.WordCountJob;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the job out of the arguments of {@code bin/rpcenv submit}. */
final class JobArguments {

  private static final String EXPECTED = "sum, wordcount, index, pi or stream-wordcount";
  private static final Map<String, Set<String>> NAMES =
      Map.of(
          "sum", Set.of("--from", "--to", "--partitions"),
          "wordcount", Set.of("--partitions", "--output", "--top"),
          "index", Set.of("--partitions", "--output", "--top"),
          "stream-wordcount",
              Set.of("--checkpoint", "--interval", "--batches", "--partitions", "--top"),
          "pi", Set.of("--samples", "--partitions", "--seed"));
  private static final Set<String> JAR_NAMES = Set.of("--jar", "--class");
  private static final int MAX_PARTITIONS = 100_000;

  private JobArguments() {}

  /** Returns the options of every job. */
  static Set<String> allNames() {
    Set<String> all = new HashSet<>(JAR_NAMES);
    NAMES.values().forEach(all::addAll);
    return all;
  }

  /**
   * Returns the job's own options.
   *
   * @param options as they are if all names are taken for good
   */
  static Set<String> namesOf(Options options) throws CommandException {
    if (isJar(options)) {
      return JAR_NAMES;
    }
    if (options.rest().isEmpty()) {
      throw CommandException.usage("job", "nothing", EXPECTED + ", see --help");
    }
    Set<String> names = NAMES.get(options.rest().get(0));
    if (names == null) {
      throw CommandException.usage("job", options.rest().get(0), EXPECTED);
    }
    return names;
  }

  /** With {@code --deploy-mode cluster} a job may have a jar on its class path. */
  private static boolean isJar(Options options) throws CommandException {
    return options.has("--class") || (options.has("--jar") && !ClusterDeploy.isWanted(options));
  }

  /** Finds out what is wrong with what another process is to run. */
  static void check(Options options) throws CommandException {
    if (!isJar(options) && !options.rest().get(0).equals("stream-wordcount")) {
      var unused = job(options);
    }
  }

  /** Returns the job's arguments for a process that works in another folder of this machine. */
  static List<String> forElsewhere(Options options) throws CommandException {
    List<String> kept = new ArrayList<>();
    for (String name : new TreeSet<>(namesOf(options))) {
      options.text(name).ifPresent(value -> kept.add(name + "=" + elsewhere(name, value)));
    }
    kept.add("--");
    List<String> rest = options.rest();
    if (isJar(options)) {
      kept.addAll(rest);
    } else {
      kept.add(rest.get(0));
      rest.stream().skip(1).map(JobArguments::absolute).forEach(kept::add);
    }
    return kept;
  }

  private static String elsewhere(String name, String value) {
    return switch (name) {
      case "--jar" -> DriverDescription.JAR;
      case "--output", "--checkpoint" -> absolute(value);
      default -> value;
    };
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  /** Returns what to run. */
  static Submission submission(Options options, PrintStream out) throws CommandException {
    if (isJar(options)) {
      return jar(options, out);
    }
    return options.rest().get(0).equals("stream-wordcount")
        ? stream(options, out)
        : new Submission.Example(job(options), JobReport.of(options, out));
  }

  private static Submission jar(Options options, PrintStream out) throws CommandException {
    String jar = options.text("--jar").orElseThrow();
    Path file = readable("--jar", jar);
    String mainClass =
        options
            .text("--class")
            .orElseThrow(() -> CommandException.usage("--class", "nothing", "a class in " + jar));
    return new Submission.Jar(file, mainClass, options.rest(), out);
  }

  private static Submission stream(Options options, PrintStream out) throws CommandException {
    if (options.rest().size() != 2) {
      throw CommandException.usage(
          "stream-wordcount", options.rest().size() - 1 + " arguments", "one folder");
    }
    Path folder = Path.of(options.rest().get(1)).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw CommandException.usage("stream-wordcount", options.rest().get(1), "a folder");
    }
    String checkpoint =
        options.text("--checkpoint").orElse(folder.resolve("_checkpoint").toString());
    int top = options.wholeNumber("--top", 0, Integer.MAX_VALUE, JobReport.DEFAULT_TOP);
    try {
      StreamWordCount stream =
          new StreamWordCount(
              new StreamWordCount.Settings(
                  folder,
                  Path.of(checkpoint),
                  partitions(options),
                  options.duration("--interval", Duration.ofSeconds(1)),
                  options.wholeNumber("--batches", 0, Integer.MAX_VALUE, 0)));
      return new Submission.Streaming(stream, "stream-wordcount(" + folder + ")", top, out);
    } catch (IOException e) {
      throw CommandException.usage(
          "--checkpoint", checkpoint, "a folder of this stream's own: " + e.getMessage());
    }
  }

  private static Job<?> job(Options options) throws CommandException {
    List<String> rest = options.rest();
    return switch (rest.get(0)) {
      case "sum" -> sum(options, rest);
      case "wordcount" -> wordCount(options, rest);
      case "index" -> index(options, rest);
      default -> pi(options, rest);
    };
  }

  private static PiJob pi(Options options, List<String> rest) throws CommandException {
    if (rest.size() > 1) {
      throw CommandException.usage("argument", rest.get(1), "none after pi");
    }
    long samples = options.wholeNumber("--samples", 10_000_000);
    if (samples < 1) {
      throw CommandException.usage("--samples", Long.toString(samples), "at least 1");
    }
    return new PiJob(samples, partitions(options), options.wholeNumber("--seed", 1));
  }

  private static IndexJob index(Options options, List<String> rest) throws CommandException {
    if (rest.size() < 2) {
      throw CommandException.usage("index", "0 arguments", "one file or more");
    }
    List<String> files = new ArrayList<>();
    for (String file : rest.subList(1, rest.size())) {
      files.add(readable("index", file).toString());
    }
    return new IndexJob(files, partitions(options));
  }

  private static Path readable(String name, String text) throws CommandException {
    Path file = Path.of(text).toAbsolutePath();
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw CommandException.usage(name, text, "a file that can be read");
    }
    return file;
  }

  private static SumJob sum(Options options, List<String> rest) throws CommandException {
    if (rest.size() > 1) {
      throw CommandException.usage("argument", rest.get(1), "none after sum");
    }
    long from = options.wholeNumber("--from", 1);
    long to = options.wholeNumber("--to", 100);
    if (to < from) {
      throw CommandException.usage("--to", Long.toString(to), "at least --from, " + from);
    }
    return new SumJob(from, to, partitions(options));
  }

  private static WordCountJob wordCount(Options options, List<String> rest)
      throws CommandException {
    if (rest.size() != 2) {
      throw CommandException.usage("wordcount", rest.size() - 1 + " arguments", "one file");
    }
    return new WordCountJob(readable("wordcount", rest.get(1)).toString(), partitions(options));
  }

  private static int partitions(Options options) throws CommandException {
    return options.wholeNumber("--partitions", 1, MAX_PARTITIONS, 2);
  }
}
