// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcEndpointAddress;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.ha.PersistenceEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's state where its successor finds it. Every method throws {@link UncheckedIOException}
 * if that cannot be relied on; the master then leads no longer.
 */
final class MasterStore {

  private static final Logger LOG = LoggerFactory.getLogger(MasterStore.class);
  private static final String WORKER = "worker_";
  private static final String APPLICATION = "app_";
  private static final String DRIVER = "driver_";

  private final PersistenceEngine engine;

  MasterStore(PersistenceEngine engine) {
    this.engine = engine;
  }

  /**
   * All that a master left behind.
   *
   * @param workers the workers
   * @param apps the applications
   * @param drivers the drivers
   */
  record Recovered(
      List<WorkerRecord> workers, List<ApplicationRecord> apps, List<DriverRecord> drivers) {

    boolean isEmpty() {
      return workers.isEmpty() && apps.isEmpty() && drivers.isEmpty();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  void save(WorkerRecord worker) {
    run(() -> engine.persist(name(WORKER, worker.id()), worker.fields().bytes()));
  }

  void save(ApplicationRecord app) {
    run(() -> engine.persist(name(APPLICATION, app.id()), app.fields().bytes()));
  }

  void save(DriverRecord driver) {
    run(() -> engine.persist(name(DRIVER, driver.id()), driver.fields().bytes()));
  }

  void forgetWorker(String id) {
    run(() -> engine.unpersist(name(WORKER, id)));
  }

  void forgetApplication(String id) {
    run(() -> engine.unpersist(name(APPLICATION, id)));
  }

  void forgetDriver(String id) {
    run(() -> engine.unpersist(name(DRIVER, id)));
  }

  long beginEpoch() {
    try {
      return engine.beginEpoch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Recovered read() {
    try {
      Map<String, byte[]> entries = engine.readAll();
      return new Recovered(
          parse(entries, WORKER, WorkerRecord::parse),
          parse(entries, APPLICATION, ApplicationRecord::parse),
          parse(entries, DRIVER, DriverRecord::parse));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> List<T> parse(
      Map<String, byte[]> entries, String prefix, Function<Fields, T> parser) {
    List<T> records = new ArrayList<>();
    entries.forEach(
        (name, bytes) -> {
          if (name.startsWith(prefix)) {
            try {
              records.add(parser.apply(Fields.parse(bytes)));
            } catch (RuntimeException e) {
              LOG.error("Entry [{}] of the master's state cannot be read; left out", name, e);
            }
          }
        });
    return records;
  }

  private static void run(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id may hold what no file is called. */
  private static String name(String prefix, String id) {
    return prefix
        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("*", "%2A").replace('+', '_');
  }

  /** Returns where to find an endpoint again; of one that cannot be found: its name. */
  static String uri(RpcEndpointRef ref) {
    return ref.address()
        .map(address -> RpcEndpointAddress.of(address, ref.name()).toString())
        .orElse(ref.name());
  }
}
