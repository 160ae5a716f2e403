// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterWorker;

/**
 * What the next master has to know of a worker.
 *
 * @param id its name
 * @param incarnation random number of its process
 * @param uri where it is
 * @param cores how many tasks it runs at a time
 * @param memory what it has for executors and drivers, in MiB
 * @param files URI of its work folder
 * @param decommissioned whether it gets nothing more
 */
record WorkerRecord(
    String id,
    long incarnation,
    String uri,
    int cores,
    int memory,
    String files,
    boolean decommissioned) {

  static WorkerRecord of(RegisterWorker m) {
    return new WorkerRecord(
        m.id(),
        m.incarnation(),
        MasterStore.uri(m.worker()),
        m.cores(),
        m.memory(),
        m.files(),
        m.work().decommissioned());
  }

  WorkerRecord asDecommissioned() {
    return new WorkerRecord(id, incarnation, uri, cores, memory, files, true);
  }

  static WorkerRecord parse(Fields fields) {
    return new WorkerRecord(
        fields.text("id"),
        fields.bigNumber("incarnation"),
        fields.text("uri"),
        fields.number("cores"),
        fields.number("memory"),
        fields.text("files"),
        fields.flag("decommissioned"));
  }

  Fields fields() {
    return new Fields()
        .put("id", id)
        .put("incarnation", incarnation)
        .put("uri", uri)
        .put("cores", cores)
        .put("memory", memory)
        .put("files", files)
        .put("decommissioned", decommissioned);
  }
}
