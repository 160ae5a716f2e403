// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.PrintStream;
import java.util.List;

/**
 * What a jar holds that is submitted: a class with a public constructor without parameters. Runs in
 * the driver; the functions that it gives to data sets run in executors.
 */
public interface JobProgram {

  /**
   * Runs jobs; the application is over when this returns.
   *
   * @param context makes data sets
   * @param arguments what stood on the command line
   * @param out where results go
   */
  void run(JobContext context, List<String> arguments, PrintStream out) throws Exception;
}
