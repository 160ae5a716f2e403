// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcRequest;
import java.io.Serializable;

/** Classes that the envs of the suite are not told about. */
public final class Outside {

  private Outside() {}

  /** A message class that nobody allowed, though it could be serialized. */
  public record NotAllowed(String text) implements RpcRequest<String>, Serializable {}

  /** What no serializer takes: it holds a thread. */
  public static final class Unserializable {
    private final Thread thread = Thread.currentThread();

    @Override
    public String toString() {
      return "Unserializable(" + thread.getName() + ")";
    }
  }

  /** A failure that cannot be serialized and whose class nobody allowed. */
  @SuppressWarnings("serial") // on purpose
  public static final class OddException extends Exception {
    private final Object baggage = new Unserializable();

    /**
     * Creates the failure.
     *
     * @param message its text
     * @param cause its cause
     */
    public OddException(String message, Throwable cause) {
      super(message, cause);
    }

    /** Returns what makes it unserializable. */
    public Object baggage() {
      return baggage;
    }
  }
}
