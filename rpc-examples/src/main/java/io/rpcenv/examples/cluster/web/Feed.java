// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

/** Where the monitor puts what is new. */
@FunctionalInterface
interface Feed {

  /**
   * Shows {@code value} to whoever watches {@code topic}; what is equal to the value before is no
   * news. Never blocks.
   */
  void publish(String topic, Object value);
}
