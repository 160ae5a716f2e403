// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Holds what every part of the suite shares: a lab per test, which opens envs, closes them, and
 * checks that nothing is left of them.
 */
@Timeout(40)
public abstract class Contract implements WiringSource {

  /** Longer than any test may take. */
  protected static final Duration LONG = Duration.ofSeconds(30);

  /** The envs of this test. */
  protected Lab lab;

  @BeforeEach
  void openLab() {
    lab = new Lab(wiring());
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  /** Returns the env that hosts what the test talks to. */
  protected final RpcEnv server() {
    return lab.server();
  }

  /** Returns the env that the test talks from; in-process the same. */
  protected final RpcEnv client() {
    return lab.client();
  }

  /** Registers an endpoint at the server and returns the client's ref to it. */
  protected final RpcEndpointRef host(String name, RpcEndpoint endpoint) {
    return lab.host(name, endpoint);
  }
}
