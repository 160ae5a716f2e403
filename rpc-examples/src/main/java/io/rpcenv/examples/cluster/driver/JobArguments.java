// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.Options;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.job.SumJob;
import io.rpcenv.examples.cluster.job.WordCountJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads the job out of the arguments of {@code bin/rpcenv submit}. */
final class JobArguments {

  static final Set<String> SUM_NAMES = Set.of("--from", "--to", "--partitions");
  static final Set<String> WORDCOUNT_NAMES = Set.of("--partitions", "--output", "--top");

  private static final int MAX_PARTITIONS = 100_000;

  private JobArguments() {}

  /** Returns the job's own options. */
  static Set<String> namesOf(String job) throws CommandException {
    return switch (job) {
      case "sum" -> SUM_NAMES;
      case "wordcount" -> WORDCOUNT_NAMES;
      default -> throw CommandException.usage("job", job, "sum or wordcount");
    };
  }

  /** Returns the job. */
  static Job<?> job(Options options) throws CommandException {
    List<String> rest = options.rest();
    return rest.get(0).equals("sum") ? sum(options, rest) : wordCount(options, rest);
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
    Path file = Path.of(rest.get(1)).toAbsolutePath();
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw CommandException.usage("wordcount", rest.get(1), "a file that can be read");
    }
    try {
      return new WordCountJob(file.toString(), Files.size(file), partitions(options));
    } catch (IOException e) {
      throw new CommandException(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage());
    }
  }

  private static int partitions(Options options) throws CommandException {
    return options.wholeNumber("--partitions", 1, MAX_PARTITIONS, 2);
  }
}
