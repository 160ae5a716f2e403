// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.handover;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;

/** What is said in the bar. */
sealed interface BarMessage {

  /** Guest to desk: answered with a receipt, once the barista has taken it. */
  record Order(String drink, RpcEndpointRef guest) implements BarMessage, RpcRequest<Receipt> {}

  /** Desk to barista: answered with the number of orders that are before it. */
  record Brew(int number, String drink, RpcEndpointRef guest)
      implements BarMessage, RpcRequest<Integer> {}

  /** Barista to guest, past the desk. */
  record Ready(int number, String drink) implements BarMessage {}

  /** The desk's answer. */
  record Receipt(int number, int ordersBefore) {}
}
