// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.master;

import io.rpcenv.RpcEndpointRef;

/** What the master tells itself, so that it does everything on one thread at a time. */
sealed interface MasterSelf {

  /** It leads from now on. */
  record ElectedLeader() implements MasterSelf {}

  /** It leads no longer. */
  record RevokedLeadership(String why) implements MasterSelf {}

  /** Its clock: time to look for silent workers. */
  record CheckForWorkerTimeOut() implements MasterSelf {}

  /** A worker of its predecessor can be reached. */
  record WorkerFound(WorkerRecord record, RpcEndpointRef worker) implements MasterSelf {}

  /** A worker of its predecessor cannot be reached. */
  record WorkerLost(String id) implements MasterSelf {}

  /** An application of its predecessor can be reached. */
  record ApplicationFound(ApplicationRecord record, RpcEndpointRef client, RpcEndpointRef driver)
      implements MasterSelf {}

  /** An application of its predecessor cannot be reached. */
  record ApplicationLost(String id, String why) implements MasterSelf {}

  /** Its clock: who has not answered by now is not waited for any longer. */
  record CompleteRecovery() implements MasterSelf {}
}
