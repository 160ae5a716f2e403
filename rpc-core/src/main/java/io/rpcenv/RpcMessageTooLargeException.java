// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.io.Serial;
import java.util.Objects;

/**
 * A message larger than the smaller of both sides' limits. Not retriable. A request was not
 * executed; for a reply the handler has run. The connection lives on.
 */
public final class RpcMessageTooLargeException extends RpcException {

  /** Size of a message whose encoding was given up at the limit, in bytes. */
  public static final long UNKNOWN_SIZE = -1;

  @Serial private static final long serialVersionUID = 1L;

  private final long size;
  private final long limit;
  private final String key;
  private final RpcSide side;
  private final RpcDirection direction;

  /**
   * Creates the failure; its text has size, limit, key and side.
   *
   * @param size encoded size in bytes, or {@link #UNKNOWN_SIZE} if only known to be above the limit
   * @param limit largest size allowed, in bytes
   * @param key configuration key that sets the limit
   * @param side whose limit it is
   * @param direction whether the request or the reply is too large
   */
  public RpcMessageTooLargeException(
      long size, long limit, String key, RpcSide side, RpcDirection direction) {
    super(text(size, limit, key, side, direction), null, false, direction == RpcDirection.REPLY);
    this.size = size;
    this.limit = limit;
    this.key = key;
    this.side = side;
    this.direction = direction;
  }

  private static String text(
      long size, long limit, String key, RpcSide side, RpcDirection direction) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(direction, "direction");
    String actual = size < 0 ? ">" + limit : Long.toString(size);
    return direction
        + " too large: "
        + actual
        + " bytes (expected: at most "
        + limit
        + " bytes, "
        + key
        + " of the "
        + side
        + " side)";
  }

  /**
   * Returns the encoded size.
   *
   * @return bytes, or {@link #UNKNOWN_SIZE}
   */
  public long size() {
    return size;
  }

  /**
   * Returns the limit that was passed.
   *
   * @return bytes
   */
  public long limit() {
    return limit;
  }

  /**
   * Returns the configuration key that sets the limit.
   *
   * @return a key such as {@code rpc.message.maxSize}
   */
  public String key() {
    return key;
  }

  /**
   * Returns whose limit it is.
   *
   * @return local or peer, seen from the environment that throws this
   */
  public RpcSide side() {
    return side;
  }

  /**
   * Returns which message was too large.
   *
   * @return request or reply
   */
  public RpcDirection direction() {
    return direction;
  }
}
