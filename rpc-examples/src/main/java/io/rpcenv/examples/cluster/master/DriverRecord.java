// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.examples.cluster.protocol.DriverDescription;
import java.time.Instant;

/**
 * What the next master has to know of a driver that was submitted.
 *
 * @param id given by the master
 * @param description what it is
 * @param startTime when it was submitted
 * @param workerId the worker it was given to; empty if there is none
 * @param attempt counts how often it was given to a worker
 * @param killed whether somebody wanted its end
 */
record DriverRecord(
    String id,
    DriverDescription description,
    Instant startTime,
    String workerId,
    int attempt,
    boolean killed) {

  DriverRecord on(String worker) {
    return new DriverRecord(id, description, startTime, worker, attempt + 1, killed);
  }

  DriverRecord withoutWorker() {
    return new DriverRecord(id, description, startTime, "", attempt, killed);
  }

  DriverRecord asKilled() {
    return new DriverRecord(id, description, startTime, workerId, attempt, true);
  }

  static DriverRecord parse(Fields fields) {
    return new DriverRecord(
        fields.text("id"),
        new DriverDescription(
            fields.optional("jar"),
            fields.text("mainClass"),
            fields.list("argument"),
            fields.number("cores"),
            fields.number("memory"),
            fields.flag("supervise")),
        Instant.parse(fields.text("startTime")),
        fields.text("worker"),
        fields.number("attempt"),
        fields.flag("killed"));
  }

  Fields fields() {
    return new Fields()
        .put("id", id)
        .put("jar", description.jar())
        .put("mainClass", description.mainClass())
        .put("argument", description.arguments())
        .put("cores", description.cores())
        .put("memory", description.memory())
        .put("supervise", description.supervise())
        .put("startTime", startTime)
        .put("worker", workerId)
        .put("attempt", attempt)
        .put("killed", killed);
  }
}
