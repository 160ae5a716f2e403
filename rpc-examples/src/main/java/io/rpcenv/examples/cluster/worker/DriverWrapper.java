// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cli.Confs;
import io.rpcenv.examples.cli.ExitCode;
import io.rpcenv.examples.cli.LifeLine;
import io.rpcenv.examples.cluster.executor.WorkerWatcher;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WatcherMessage;
import io.rpcenv.examples.cluster.protocol.WorkerMessage.DriverStarted;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;

/**
 * The process of a driver that was submitted to the cluster: runs the {@code main} of any class,
 * and ends with the worker that started it.
 */
public final class DriverWrapper {

  private static final int MAIN_CLASS = 3;
  private static final int OWN_ARGUMENTS = 4;

  private DriverWrapper() {}

  /**
   * Runs the program.
   *
   * @param args the worker's URI, the driver's id, which attempt it is, the class, and the
   *     arguments for its main
   */
  public static void main(String[] args) {
    LifeLine.atEnd(() -> halt("the worker has ended"));
    try (RpcEnv env =
        RpcEnv.builder("driver-watcher")
            .conf(Confs.quickToFail())
            .messages(Protocol.messages())
            .build()) {
      RpcEndpointRef worker = env.setupEndpointRefByURI(args[0]);
      env.setupEndpoint(
          WatcherMessage.ENDPOINT,
          new WorkerWatcher(worker, Optional.empty(), DriverWrapper::halt));
      Method main = Class.forName(args[MAIN_CLASS]).getMethod("main", String[].class);
      long pid = ProcessHandle.current().pid();
      var unused = worker.askSync(new DriverStarted(args[1], Integer.parseInt(args[2]), pid));
      main.invoke(null, (Object) Arrays.copyOfRange(args, OWN_ARGUMENTS, args.length));
    } catch (RpcException e) {
      end("cannot reach the worker: " + e.getMessage());
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      end("main class: " + args[MAIN_CLASS] + " (expected: a class of the jar or the cluster)");
    } catch (NoSuchMethodException | IllegalAccessException e) {
      end(
          "main class: "
              + args[MAIN_CLASS]
              + " (expected: a public class with a static main(String[]))");
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      cause.printStackTrace();
      end("the driver's main threw " + cause);
    }
  }

  private static void end(String why) {
    System.err.println("error: " + why);
    System.exit(ExitCode.FAILED.number());
  }

  private static void halt(String why) {
    try {
      System.err.println("This driver ends: " + why);
    } finally { // also if there is no memory for words
      Runtime.getRuntime().halt(ExitCode.UNREACHABLE.number());
    }
  }
}
