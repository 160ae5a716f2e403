// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcRequest;
import java.io.Serializable;

/** Messages that hold anything; allowed by {@link #PATTERN}, so that nobody warns of them. */
public interface Loose {

  /** The value of {@code rpc.serializer.allow} that lets them cross. */
  String PATTERN = Any.class.getName() + "," + Level.class.getName();

  /** Carries or asks for anything. */
  record Any(Object value) implements RpcRequest<Object>, Serializable {}

  /** A level between a message and what it must not carry. */
  record Level(String label, Object inner) implements Serializable {}
}
