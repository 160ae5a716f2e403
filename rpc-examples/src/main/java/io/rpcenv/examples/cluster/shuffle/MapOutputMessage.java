// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.shuffle;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.util.List;

/** What the {@link MapOutputTracker} understands. */
public sealed interface MapOutputMessage {

  /** Name of its endpoint. */
  String ENDPOINT = "MapOutputTracker";

  /**
   * A map task has written its part.
   *
   * @param shuffle which shuffle
   * @param map which part
   * @param executorId where
   * @param blocks that executor's block manager
   */
  record RegisterMapOutput(int shuffle, int map, String executorId, RpcEndpointRef blocks)
      implements MapOutputMessage, RpcRequest<Boolean> {}

  /**
   * Where is what has been written?
   *
   * @param shuffle which shuffle
   */
  record GetMapOutputStatuses(int shuffle)
      implements MapOutputMessage, RpcRequest<MapOutputStatuses> {}

  /**
   * An executor is gone with all that it wrote; answered by how much that was.
   *
   * @param executorId which one
   */
  record RemoveOutputsOf(String executorId) implements MapOutputMessage, RpcRequest<Integer> {}

  /**
   * Nobody reads this shuffle any more.
   *
   * @param shuffle which one
   */
  record RemoveShuffle(int shuffle) implements MapOutputMessage, RpcRequest<Boolean> {}

  /** The application ends. Answered, then the endpoint stops. */
  record StopMapOutputTracker() implements MapOutputMessage, RpcRequest<Boolean> {}

  /**
   * Where is what has been written.
   *
   * @param outputs by the number of the map task, as far as they are there
   */
  record MapOutputStatuses(List<MapOutput> outputs) {}

  /**
   * What one map task has written.
   *
   * @param map which part
   * @param executorId where
   * @param blocks that executor's block manager
   */
  record MapOutput(int map, String executorId, RpcEndpointRef blocks) {}
}
