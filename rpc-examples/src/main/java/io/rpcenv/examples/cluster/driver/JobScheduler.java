// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.driver;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcException;
import io.rpcenv.RpcRequest;
import io.rpcenv.examples.cluster.data.JobFailedException;
import io.rpcenv.examples.cluster.data.JobFailedException.Reason;
import io.rpcenv.examples.cluster.data.Plan;
import io.rpcenv.examples.cluster.data.ShuffleInput;
import io.rpcenv.examples.cluster.data.StageRunner;
import io.rpcenv.examples.cluster.data.StageWork;
import io.rpcenv.examples.cluster.driver.StageDesk.CancelStage;
import io.rpcenv.examples.cluster.driver.StageDesk.RunStage;
import io.rpcenv.examples.cluster.protocol.TaskOutcome;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StageEnded;
import io.rpcenv.examples.cluster.shuffle.CommitMessage.StageStarted;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.GetMapOutputStatuses;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.MapOutput;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RemoveOutputsOf;
import io.rpcenv.examples.cluster.shuffle.MapOutputMessage.RemoveShuffle;
import io.rpcenv.examples.cluster.storage.BlockId;
import io.rpcenv.examples.cluster.storage.BlockManagerMasterMessage.RemoveBlocks;
import io.rpcenv.examples.cluster.streaming.StateStoreId;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.DeactivateInstances;
import io.rpcenv.examples.cluster.streaming.StateStoreMessage.GetLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a job into stages: first those that write what it reads of shuffles, as far as that is not
 * there, then its own. What is lost of a shuffle on the way is written again. One job after the
 * other; blocks the thread that calls.
 */
final class JobScheduler implements StageRunner {

  private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);

  /** So often a stage may find that something it reads is gone. */
  private static final int MAX_LOSSES = 4;

  private static final Duration CLEAN_UP_TIMEOUT = Duration.ofSeconds(5);

  private final RpcEnv env;
  private final DriverServices services;
  private final RpcEndpointRef backend;
  private final Set<Integer> written = new HashSet<>();
  private final AtomicInteger lastId = new AtomicInteger();

  /**
   * Makes a scheduler.
   *
   * @param env where results that come as files are read
   * @param services the endpoints beside the driver
   * @param backend runs the tasks: a {@link DriverEndpoint} or a {@link LocalEndpoint}
   */
  JobScheduler(RpcEnv env, DriverServices services, RpcEndpointRef backend) {
    this.env = env;
    this.services = services;
    this.backend = backend;
  }

  @Override
  public int nextId() {
    return lastId.incrementAndGet();
  }

  @Override
  public void uncache(int datasetId) {
    remove(new BlockId.Selection.OfDataset(datasetId));
  }

  private static void tell(RpcEndpointRef endpoint, RpcRequest<?> request) {
    var unused = endpoint.ask(request); // nobody waits for it
  }

  /** Waits for executors, but for none that is frozen. */
  private void remove(BlockId.Selection blocks) {
    try {
      services.blockMaster().askSync(new RemoveBlocks(blocks), CLEAN_UP_TIMEOUT);
    } catch (RpcException e) {
      LOG.warn("{} may still take room somewhere", blocks, e);
    }
  }

  @Override
  public void endState(int store) {
    tell(services.states(), new DeactivateInstances(store));
  }

  @Override
  public synchronized void forgetShuffles() {
    for (int shuffle : written) {
      services.mapOutputs().askSync(new RemoveShuffle(shuffle));
      remove(new BlockId.Selection.OfShuffle(shuffle));
    }
    written.clear();
  }

  @Override
  public synchronized List<@Nullable Object> run(StageWork work)
      throws JobFailedException, InterruptedException {
    TreeSet<Integer> all = new TreeSet<>();
    for (int partition = 0; partition < work.plan().partitions(); partition++) {
      all.add(partition);
    }
    return new ArrayList<>(runStage(work, all).values());
  }

  /** Runs some partitions of a stage until all of them are done. */
  private SortedMap<Integer, @Nullable Object> runStage(
      StageWork work, SortedSet<Integer> partitions)
      throws JobFailedException, InterruptedException {
    int stage = nextId();
    BlockId.BroadcastBlock broadcast = new BlockId.BroadcastBlock(stage);
    byte[] bytes = encode(work);
    if (!services.blocks().put(broadcast, bytes, false)) {
      throw new JobFailedException(
          Reason.TASK_FAILED,
          "stage %d (%s): its work takes %d bytes (expected: a quarter of this JVM's memory at most)"
              .formatted(stage, work.name(), bytes.length));
    }
    services.commits().askSync(new StageStarted(stage)); // or no attempt could commit
    try {
      return runStage(stage, work, partitions);
    } finally {
      tell(services.commits(), new StageEnded(stage));
      tell(services.blockMaster(), new RemoveBlocks(new BlockId.Selection.One(broadcast)));
    }
  }

  private SortedMap<Integer, @Nullable Object> runStage(
      int stage, StageWork work, SortedSet<Integer> partitions)
      throws JobFailedException, InterruptedException {
    SortedMap<Integer, @Nullable Object> results = new TreeMap<>();
    TreeSet<Integer> missing = new TreeSet<>(partitions);
    int attempt = 0;
    for (int losses = 0; !missing.isEmpty(); losses++) {
      writeInput(work.plan());
      StageEnd end =
          runTasks(
              new TaskSet(
                  stage,
                  work.name(),
                  splits(work, missing),
                  preferred(work.plan(), missing),
                  attempt));
      for (CompletedTask task : end.completed()) {
        fetch(task, results);
      }
      missing.removeAll(results.keySet());
      attempt = end.nextAttempt();
      if (end instanceof StageEnd.FetchFailed lost) {
        forget(lost.missing());
      }
      if (losses == MAX_LOSSES && !missing.isEmpty()) {
        throw new JobFailedException(
            Reason.TASK_FAILED,
            "stage %d (%s): something it reads was lost %d times%s"
                .formatted(stage, work.name(), MAX_LOSSES, why(end)));
      }
    }
    return results;
  }

  private static String why(StageEnd end) {
    return end instanceof StageEnd.FetchFailed lost && !lost.why().isEmpty()
        ? ", the last executor: " + lost.why()
        : "";
  }

  /** Writes what this stage reads of a shuffle, as far as it is not there. */
  private void writeInput(Plan<?> plan) throws JobFailedException, InterruptedException {
    if (plan.input().isPresent()) {
      write(plan.input().get());
    }
  }

  private <K, V> void write(ShuffleInput<K, V> input)
      throws JobFailedException, InterruptedException {
    TreeSet<Integer> missing = new TreeSet<>();
    for (int map = 0; map < input.plan().partitions(); map++) {
      missing.add(map);
    }
    services.mapOutputs().askSync(new GetMapOutputStatuses(input.shuffle().id())).outputs().stream()
        .map(MapOutput::map)
        .forEach(missing::remove);
    if (!missing.isEmpty()) {
      written.add(input.shuffle().id());
      var unused = runStage(new StageWork.ShuffleWrite<>(input.plan(), input.shuffle()), missing);
    }
  }

  private void forget(TaskOutcome.FetchFailed missing) {
    LOG.info("Output of executor [{}] is lost: {}", missing.executorId(), missing.error());
    if (!missing.executorId().isEmpty()) {
      services.mapOutputs().askSync(new RemoveOutputsOf(missing.executorId()));
    }
  }

  private SortedMap<Integer, byte[]> splits(StageWork work, SortedSet<Integer> partitions)
      throws JobFailedException {
    SortedMap<Integer, byte[]> splits = new TreeMap<>();
    for (int partition : partitions) {
      splits.put(partition, encode(work.plan().split(partition)));
    }
    return splits;
  }

  /** Tasks of a stream go where its state is. */
  private Map<Integer, String> preferred(Plan<?> plan, SortedSet<Integer> partitions) {
    Map<Integer, String> preferred = new HashMap<>();
    if (plan.state().isPresent()) {
      int store = plan.state().get().store();
      for (int partition : partitions) {
        GetLocation question = new GetLocation(new StateStoreId(store, partition));
        String executor = services.states().askSync(question).executorId();
        if (!executor.isEmpty()) {
          preferred.put(partition, executor);
        }
      }
    }
    return preferred;
  }

  private byte[] encode(Object value) throws JobFailedException {
    try {
      return services.codec().encode(value);
    } catch (IOException e) {
      throw failed("the job cannot be sent: " + e.getMessage(), e);
    }
  }

  private static JobFailedException failed(String why, Throwable cause) {
    JobFailedException failed = new JobFailedException(Reason.TASK_FAILED, why);
    failed.initCause(cause);
    return failed;
  }

  private StageEnd runTasks(TaskSet tasks) throws JobFailedException, InterruptedException {
    CompletableFuture<StageEnd> end = new CompletableFuture<>();
    backend.send(new RunStage(tasks, end));
    try {
      return end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JobFailedException failed) {
        throw failed;
      }
      throw new IllegalStateException("the job ended in an unexpected way", e.getCause());
    } catch (InterruptedException e) {
      backend.send(new CancelStage(end));
      throw e;
    }
  }

  /** Takes a result; if it was kept in a file that is gone, leaves it out: it is made again. */
  private void fetch(CompletedTask task, SortedMap<Integer, @Nullable Object> results)
      throws JobFailedException {
    byte[] bytes;
    try {
      bytes = bytes(task.outcome());
    } catch (IOException | RpcException e) {
      LOG.warn("The result of {} could not be read and is made again", task.attempt(), e);
      return;
    }
    try {
      results.put(task.attempt().partition(), services.codec().decode(bytes));
    } catch (IOException e) {
      throw failed("the result of " + task.attempt() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private byte[] bytes(TaskOutcome outcome) throws IOException {
    if (outcome instanceof TaskOutcome.Finished here) {
      return here.result();
    }
    if (!(outcome instanceof TaskOutcome.FinishedInFile file)) {
      throw new IllegalStateException("outcome: " + outcome + " (expected: a result)");
    }
    try (InputStream in = Channels.newInputStream(env.openChannel(file.uri()))) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != Objects.checkIndex(file.size(), Integer.MAX_VALUE)) {
        throw new IOException(
            file.uri() + " has " + bytes.length + " bytes (expected: " + file.size() + ")");
      }
      return bytes;
    }
  }
}
