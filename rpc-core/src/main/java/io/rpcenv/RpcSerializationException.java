// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that cannot be encoded or decoded, or whose class is not allowed. Not retriable. A
 * request was not executed; for a reply the handler has run.
 */
public final class RpcSerializationException extends RpcException {

  @Serial private static final long serialVersionUID = 1L;

  private final String typeName;
  private final String path;
  private final RpcDirection direction;

  /**
   * Creates the failure.
   *
   * @param message what is wrong and what to change
   * @param typeName name of the class that could not be handled
   * @param path way from the message to the value, such as {@code Job.options[2].lock}; empty if it
   *     is the message itself
   * @param direction whether it is in the request or in the reply
   * @param cause what the serializer said, or null if nothing more is known
   */
  public RpcSerializationException(
      String message,
      String typeName,
      String path,
      RpcDirection direction,
      @Nullable Throwable cause) {
    super(message, cause, false, direction == RpcDirection.REPLY);
    this.typeName = Objects.requireNonNull(typeName, "typeName");
    this.path = Objects.requireNonNull(path, "path");
    this.direction = Objects.requireNonNull(direction, "direction");
  }

  /**
   * Returns the class that could not be handled.
   *
   * @return fully qualified class name
   */
  public String typeName() {
    return typeName;
  }

  /**
   * Returns the way from the message to the value.
   *
   * @return field path, empty for the message itself
   */
  public String path() {
    return path;
  }

  /**
   * Returns which message it is about.
   *
   * @return request or reply
   */
  public RpcDirection direction() {
    return direction;
  }
}
