// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.queue;

/** A queue of numbers. */
final class Line extends MpscQueue<Line.Item> {

  /** A number in the queue. */
  static final class Item extends MpscNode {

    final int number;

    Item(int number) {
      this.number = number;
    }
  }
}
