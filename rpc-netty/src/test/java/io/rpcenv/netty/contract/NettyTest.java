// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import io.rpcenv.contract.AbortContract;
import io.rpcenv.contract.AddressContract;
import io.rpcenv.contract.BadInputContract;
import io.rpcenv.contract.BlockingContract;
import io.rpcenv.contract.BoundsContract;
import io.rpcenv.contract.ClientModeContract;
import io.rpcenv.contract.DedicatedContract;
import io.rpcenv.contract.ErrorContract;
import io.rpcenv.contract.FailureTableContract;
import io.rpcenv.contract.LifecycleContract;
import io.rpcenv.contract.LoopEndContract;
import io.rpcenv.contract.MessagingContract;
import io.rpcenv.contract.NetworkEventContract;
import io.rpcenv.contract.ObserverContract;
import io.rpcenv.contract.OptionsContract;
import io.rpcenv.contract.OrderContract;
import io.rpcenv.contract.ReconnectContract;
import io.rpcenv.contract.ReferenceContract;
import io.rpcenv.contract.RemoteBoundsContract;
import io.rpcenv.contract.RemoteFailureContract;
import io.rpcenv.contract.RemoteLoopContract;
import io.rpcenv.contract.RemotePluginContract;
import io.rpcenv.contract.RetryContract;
import io.rpcenv.contract.SharedThreadsContract;
import io.rpcenv.contract.ShutdownContract;
import io.rpcenv.contract.SizeContract;
import io.rpcenv.contract.StatsContract;
import io.rpcenv.contract.StopContract;
import io.rpcenv.contract.TimeoutContract;
import io.rpcenv.contract.VirtualContract;
import io.rpcenv.contract.Wiring;
import io.rpcenv.contract.WiringSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The behaviour suite over Netty and Kryo. */
@Timeout(60)
class NettyTest {

  interface OverNetty extends WiringSource {
    @Override
    default Wiring wiring() {
      return new NettyWiring();
    }
  }

  @Nested
  class Bounds extends BoundsContract implements OverNetty {}

  @Nested
  class RemoteBounds extends RemoteBoundsContract implements OverNetty {}

  @Nested
  class Lifecycle extends LifecycleContract implements OverNetty {}

  @Nested
  class Stop extends StopContract implements OverNetty {}

  @Nested
  class Errors extends ErrorContract implements OverNetty {}

  @Nested
  class Messaging extends MessagingContract implements OverNetty {}

  @Nested
  class References extends ReferenceContract implements OverNetty {}

  @Nested
  class Order extends OrderContract implements OverNetty {}

  @Nested
  class Timeouts extends TimeoutContract implements OverNetty {}

  @Nested
  class Abort extends AbortContract implements OverNetty {}

  @Nested
  class Options extends OptionsContract implements OverNetty {}

  @Nested
  class Dedicated extends DedicatedContract implements OverNetty {}

  @Nested
  class FailureTable extends FailureTableContract implements OverNetty {}

  @Nested
  class Shutdown extends ShutdownContract implements OverNetty {}

  @Nested
  class Blocking extends BlockingContract implements OverNetty {}

  @Nested
  class Virtual extends VirtualContract implements OverNetty {}

  @Nested
  class SharedThreads extends SharedThreadsContract implements OverNetty {}

  @Nested
  class Observer extends ObserverContract implements OverNetty {}

  @Nested
  class Stats extends StatsContract implements OverNetty {}

  @Nested
  class BadInput extends BadInputContract implements OverNetty {}

  @Nested
  class Retry extends RetryContract implements OverNetty {}

  @Nested
  class ClientMode extends ClientModeContract implements OverNetty {}

  @Nested
  class Address extends AddressContract implements OverNetty {}

  @Nested
  class NetworkEvents extends NetworkEventContract implements OverNetty {}

  @Nested
  class Reconnect extends ReconnectContract implements OverNetty {}

  @Nested
  class Size extends SizeContract implements OverNetty {}

  @Nested
  class RemoteFailures extends RemoteFailureContract implements OverNetty {}

  @Nested
  class RemoteLoops extends RemoteLoopContract implements OverNetty {}

  @Nested
  class LoopEnd extends LoopEndContract implements OverNetty {}

  @Nested
  class Plugins extends RemotePluginContract implements OverNetty {}
}
