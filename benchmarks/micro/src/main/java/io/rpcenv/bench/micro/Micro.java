// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench.micro;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.Main;

/** Runs JMH with allocation per operation; further arguments are JMH's own. */
public final class Micro {

  private Micro() {}

  /** Runs the benchmarks; {@code -h} for JMH's options. */
  public static void main(String[] arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-prof", "gc", "-foe", "true"));
    all.addAll(List.of(arguments));
    Main.main(all.toArray(new String[0]));
  }
}
