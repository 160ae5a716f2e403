// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** The behaviour suite over the in-memory transport. */
@Timeout(60)
class InMemoryTest {

  interface InMemory extends WiringSource {
    @Override
    default Wiring wiring() {
      return new InMemoryWiring();
    }
  }

  @Nested
  class Bounds extends BoundsContract implements InMemory {}

  @Nested
  class RemoteBounds extends RemoteBoundsContract implements InMemory {}

  @Nested
  class Lifecycle extends LifecycleContract implements InMemory {}

  @Nested
  class Stop extends StopContract implements InMemory {}

  @Nested
  class Errors extends ErrorContract implements InMemory {}

  @Nested
  class Messaging extends MessagingContract implements InMemory {}

  @Nested
  class References extends ReferenceContract implements InMemory {}

  @Nested
  class Order extends OrderContract implements InMemory {}

  @Nested
  class Timeouts extends TimeoutContract implements InMemory {}

  @Nested
  class Abort extends AbortContract implements InMemory {}

  @Nested
  class Options extends OptionsContract implements InMemory {}

  @Nested
  class Dedicated extends DedicatedContract implements InMemory {}

  @Nested
  class FailureTable extends FailureTableContract implements InMemory {}

  @Nested
  class Shutdown extends ShutdownContract implements InMemory {}

  @Nested
  class Blocking extends BlockingContract implements InMemory {}

  @Nested
  class Virtual extends VirtualContract implements InMemory {}

  @Nested
  class SharedThreads extends SharedThreadsContract implements InMemory {}

  @Nested
  class Observer extends ObserverContract implements InMemory {}

  @Nested
  class Stats extends StatsContract implements InMemory {}

  @Nested
  class BadInput extends BadInputContract implements InMemory {}

  @Nested
  class Retry extends RetryContract implements InMemory {}

  @Nested
  class ClientMode extends ClientModeContract implements InMemory {}

  @Nested
  class Address extends AddressContract implements InMemory {}

  @Nested
  class NetworkEvents extends NetworkEventContract implements InMemory {}

  @Nested
  class Reconnect extends ReconnectContract implements InMemory {}

  @Nested
  class Size extends SizeContract implements InMemory {}

  @Nested
  class RemoteFailures extends RemoteFailureContract implements InMemory {}

  @Nested
  class RemoteLoops extends RemoteLoopContract implements InMemory {}

  @Nested
  class LoopEnd extends LoopEndContract implements InMemory {}

  @Nested
  class Plugins extends RemotePluginContract implements InMemory {}
}
