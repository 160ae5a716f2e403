// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.examples.cluster.client.AppClient;
import io.rpcenv.examples.cluster.driver.JobFailedException.Reason;
import io.rpcenv.examples.cluster.job.Job;
import io.rpcenv.examples.cluster.protocol.AppClientMessage;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.StopAppClient;
import io.rpcenv.examples.cluster.protocol.DriverMessage;
import io.rpcenv.examples.cluster.protocol.DriverMessage.StopExecutors;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RequestMasterState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Runs one job in an env that listens: starts driver and client, waits, and stops both. */
final class JobRunner {

  private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STATE_TIMEOUT = Duration.ofSeconds(2);

  private final RpcEnv env;
  private final RpcEndpointRef master;
  private final DriverSettings settings;
  private final JobProgress progress;

  JobRunner(RpcEnv env, RpcEndpointRef master, DriverSettings settings, JobProgress progress) {
    this.env = env;
    this.master = master;
    this.settings = settings;
    this.progress = progress;
  }

  /** Runs the job. Blocks until it has ended; returns its parts in order. */
  List<CompletedTask> run(Job<?> job) throws JobFailedException, InterruptedException {
    TaskScheduler scheduler = new TaskScheduler(job.tasks(), progress);
    DriverEndpoint endpoint = new DriverEndpoint(scheduler, settings, System::nanoTime);
    RpcEndpointRef driver = env.setupEndpoint(DriverMessage.ENDPOINT, endpoint);
    RpcEndpointRef client =
        env.setupEndpoint(AppClientMessage.ENDPOINT, new AppClient(job.name(), master, driver));
    try {
      return endpoint.result().get();
    } catch (ExecutionException e) {
      throw explained(e);
    } finally {
      // Said while both are alive: an env that is shutting down sends nothing any more.
      driver.askSync(new StopExecutors(), GOODBYE_TIMEOUT);
      client.askSync(new StopAppClient(), GOODBYE_TIMEOUT);
      env.stop(driver);
      env.stop(client);
    }
  }

  private JobFailedException explained(ExecutionException e) {
    if (!(e.getCause() instanceof JobFailedException failed)) {
      throw new IllegalStateException("the job ended in an unexpected way", e.getCause());
    }
    return failed.reason() == Reason.NO_EXECUTORS
        ? new JobFailedException(failed.reason(), failed.getMessage() + "; " + whatMasterKnows())
        : failed;
  }

  private String whatMasterKnows() {
    try {
      int workers = master.askSync(new RequestMasterState(), STATE_TIMEOUT).workers().size();
      return "the master knows of " + workers + " worker(s)";
    } catch (RpcException e) {
      return "the master does not answer, either: " + e.getMessage();
    }
  }
}
