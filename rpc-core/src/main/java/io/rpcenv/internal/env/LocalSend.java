// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.RpcEnvListener.Origin;

/** A one-way message from this env to one of its own endpoints. */
final class LocalSend extends OneWayMessage {

  private final Object message;

  LocalSend(EnvEvents events, Object message) {
    super(events);
    this.message = message;
  }

  @Override
  protected Object payload() {
    return message;
  }

  @Override
  public String messageClass() {
    return message.getClass().getName();
  }

  @Override
  public Origin origin() {
    return Origin.LOCAL;
  }
}
