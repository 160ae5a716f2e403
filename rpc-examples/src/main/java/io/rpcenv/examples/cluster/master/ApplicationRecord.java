// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.examples.cluster.protocol.ApplicationDescription;
import java.time.Instant;

/**
 * What the next master has to know of an application.
 *
 * @param id given by the master
 * @param description what it wants
 * @param client URI of who is told about executors
 * @param driver URI of where executors register
 * @param startTime when it registered
 * @param executors more than the number of any of its executors, so that no number is used twice
 */
record ApplicationRecord(
    String id,
    ApplicationDescription description,
    String client,
    String driver,
    Instant startTime,
    int executors) {

  ApplicationRecord withExecutors(int number) {
    return new ApplicationRecord(id, description, client, driver, startTime, number);
  }

  static ApplicationRecord parse(Fields fields) {
    return new ApplicationRecord(
        fields.text("id"),
        new ApplicationDescription(
            fields.text("name"), fields.number("memory"), fields.number("cores")),
        fields.text("client"),
        fields.text("driver"),
        Instant.parse(fields.text("startTime")),
        fields.number("executors"));
  }

  Fields fields() {
    return new Fields()
        .put("id", id)
        .put("name", description.name())
        .put("memory", description.memoryPerExecutor())
        .put("cores", description.coresPerExecutor())
        .put("client", client)
        .put("driver", driver)
        .put("startTime", startTime)
        .put("executors", executors);
  }
}
