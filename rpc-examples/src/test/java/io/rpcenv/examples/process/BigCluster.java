// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcThreads;
import io.rpcenv.examples.cluster.client.AppClient;
import io.rpcenv.examples.cluster.protocol.AppClientMessage;
import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import io.rpcenv.examples.cluster.protocol.DriverMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import io.rpcenv.examples.cluster.protocol.MasterStateResponse;
import io.rpcenv.examples.cluster.protocol.Protocol;
import io.rpcenv.examples.cluster.protocol.WorkerMessage;
import io.rpcenv.examples.cluster.worker.InProcessExecutors;
import io.rpcenv.examples.cluster.worker.Worker;
import io.rpcenv.examples.cluster.worker.WorkerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Registers many workers and applications with a master, each with a listener and a connection of
 * its own, and asks that master for its state. Run by {@code big-cluster.sh}.
 */
public final class BigCluster {

  private static final int STARTS = 8;
  private static final int PAUSE_MILLIS = 100;
  private static final int CORES = 4;
  private static final int MEMORY = 4096;
  private static final int QUERIES = 1000;
  private static final int PAGES = 200;
  private static final long REGISTERED_LIMIT = 10_000;
  private static final long QUERY_LIMIT = 50_000;

  private BigCluster() {}

  /** Arguments: the master's address, its page's, how many workers, how many applications. */
  public static void main(String[] args) throws Exception {
    RpcAddress address = RpcAddress.parse(args[0]);
    URI page = URI.create(args[1]);
    int workers = Integer.parseInt(args[2]);
    int applications = Integer.parseInt(args[3]);
    RpcThreads threads = RpcThreads.create("big");
    Queue<RpcEnv> envs = new ConcurrentLinkedQueue<>();
    // Each start waits for the master's answer, as those of different programs do.
    ExecutorService starts = Executors.newFixedThreadPool(STARTS);
    try (RpcEnv observer = RpcEnv.builder("observer").messages(Protocol.messages()).build()) {
      RpcEndpointRef master = observer.setupEndpointRef(address, MasterMessage.ENDPOINT);
      long begin = System.nanoTime();
      for (int i = 0; i < workers; i++) {
        String id = "w" + i;
        starts.execute(() -> envs.add(worker(id, env(id, threads), address)));
      }
      for (int i = 0; i < applications; i++) {
        String name = "a" + i;
        starts.execute(() -> envs.add(application(name, env(name, threads), address)));
      }
      MasterStateResponse state = master.askSync(new RequestMasterState());
      while (state.workers().size() < workers || state.activeApps().size() < applications) {
        Thread.sleep(PAUSE_MILLIS); // or the questions would be most of the master's work
        state = master.askSync(new RequestMasterState());
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      long executors = state.workers().stream().mapToInt(worker -> worker.executors()).sum();
      System.out.printf(
          "%d workers and %d applications registered in %d ms; %d executors%n",
          workers, applications, millis, executors);
      long query = p99("state, by ask", QUERIES, () -> master.askSync(new RequestMasterState()));
      HttpClient http = HttpClient.newHttpClient();
      HttpRequest request = HttpRequest.newBuilder(page.resolve("/api/state")).build();
      long whole = p99("state, by HTTP", PAGES, () -> http.send(request, BodyHandlers.ofString()));
      int length = http.send(request, BodyHandlers.ofString()).body().length();
      System.out.printf("state, by HTTP: %d characters%n", length);
      if (millis > REGISTERED_LIMIT || Math.max(query, whole) > QUERY_LIMIT) {
        System.out.println("FAILED: slower than 10 s, or than 50 ms");
        System.exit(1);
      }
      System.exit(0); // two thousand envs need no farewell
    }
  }

  private static RpcEnv env(String name, RpcThreads threads) {
    return RpcEnv.builder(name)
        .listen("127.0.0.1", 0)
        .threads(threads)
        .messages(Protocol.messages())
        .build();
  }

  private static RpcEnv worker(String id, RpcEnv env, RpcAddress master) {
    env.setupEndpoint(
        WorkerMessage.ENDPOINT,
        new Worker(
            WorkerSettings.of(id, CORES, MEMORY, List.of(master)),
            new InProcessExecutors(),
            Optional.empty(),
            new Worker.Ends() {
              @Override
              public void failed(String why) {
                System.out.println("FAILED: worker " + id + ": " + why);
                System.exit(1);
              }

              @Override
              public void decommissioned() {}
            }));
    return env;
  }

  /** One that gets an executor of one core on each worker with room, and never has a task. */
  private static RpcEnv application(String name, RpcEnv env, RpcAddress master) {
    RpcEndpointRef driver =
        env.setupEndpoint(
            DriverMessage.ENDPOINT,
            RpcEndpoint.handling()
                .onAsk(Object.class, (message, call) -> {})
                .onSend(Object.class, message -> {})
                .build());
    env.setupEndpoint(
        AppClientMessage.newEndpointName(),
        new AppClient(
            new ApplicationDescription(name, ApplicationDescription.DEFAULT_MEMORY, 1),
            AppClient.Line.only(env.setupEndpointRef(master, MasterMessage.ENDPOINT)),
            driver));
    return env;
  }

  /** Does something one time after the other; prints and returns how long it takes, in us. */
  private static long p99(String what, int times, Callable<?> action) throws Exception {
    long[] micros = new long[times];
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      var unused = action.call();
      micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
    }
    Arrays.sort(micros);
    long p99 = micros[times * 99 / 100];
    System.out.printf(
        "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        what, micros[times / 2] / 1e3, p99 / 1e3, micros[times - 1] / 1e3);
    return p99;
  }
}
