// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import io.rpcenv.contract.AbortContract;
import io.rpcenv.contract.BlockingContract;
import io.rpcenv.contract.ClientModeContract;
import io.rpcenv.contract.NetworkEventContract;
import io.rpcenv.contract.OrderContract;
import io.rpcenv.contract.ReconnectContract;
import io.rpcenv.contract.RemoteLoopContract;
import io.rpcenv.contract.SharedWiring;
import io.rpcenv.contract.ShutdownContract;
import io.rpcenv.contract.StopContract;
import io.rpcenv.contract.TimeoutContract;
import io.rpcenv.contract.VirtualContract;
import io.rpcenv.contract.Wiring;
import io.rpcenv.contract.WiringSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * The behaviour suite over Netty with all envs of a test on the same threads: the parts where it
 * matters whose a thread, a loop or a deadline is.
 */
@Timeout(60)
class NettySharedTest {

  interface OnShared extends WiringSource {
    @Override
    default Wiring wiring() {
      return new SharedWiring(new NettyWiring());
    }
  }

  @Nested
  class Stop extends StopContract implements OnShared {}

  @Nested
  class Order extends OrderContract implements OnShared {}

  @Nested
  class Timeouts extends TimeoutContract implements OnShared {}

  @Nested
  class Abort extends AbortContract implements OnShared {}

  @Nested
  class Shutdown extends ShutdownContract implements OnShared {}

  @Nested
  class Blocking extends BlockingContract implements OnShared {}

  @Nested
  class Virtual extends VirtualContract implements OnShared {}

  @Nested
  class ClientMode extends ClientModeContract implements OnShared {}

  @Nested
  class NetworkEvents extends NetworkEventContract implements OnShared {}

  @Nested
  class Reconnect extends ReconnectContract implements OnShared {}

  @Nested
  class RemoteLoops extends RemoteLoopContract implements OnShared {}
}
