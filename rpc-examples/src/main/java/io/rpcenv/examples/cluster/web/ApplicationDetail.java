// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.protocol.MonitorMessage.TaskReport;
import io.rpcenv.examples.cluster.web.ClusterView.ApplicationView;
import io.rpcenv.examples.cluster.web.ClusterView.StageView;
import java.util.List;

/**
 * An application as {@code /api/applications/ID} shows it.
 *
 * @param application the application
 * @param stages its stages with their latest tasks
 */
record ApplicationDetail(ApplicationView application, List<StageDetail> stages) {

  /**
   * A stage.
   *
   * @param stage the stage
   * @param tasks the attempts that were heard of last, oldest first
   */
  record StageDetail(StageView stage, List<TaskReport> tasks) {}
}
