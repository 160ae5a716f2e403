// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import io.rpcenv.DropReason;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointStoppedException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.RpcSerializationException;
import org.jspecify.annotations.Nullable;

/** What an asker is told of a message that was not handled, or whose handler failed. */
public final class Rejections {

  private Rejections() {}

  /**
   * Returns the failure for a message that was not handled.
   *
   * @param uri the endpoint's whole URI
   * @param reason why
   * @param cause more about why
   * @return the failure to give to the asker
   */
  public static RpcException of(String uri, DropReason reason, @Nullable Throwable cause) {
    return switch (reason) {
      case NO_SUCH_ENDPOINT -> new RpcEndpointNotFoundException(uri);
      case ENDPOINT_STOPPED -> new RpcEndpointStoppedException(uri, cause);
      case INBOX_FULL ->
          new RpcOverloadedException("the inbox of [" + uri + "] is full (rpc.inbox.capacity)");
      case INBOUND_FULL ->
          new RpcOverloadedException(
              "the env of [" + uri + "] has too many bytes to decode (rpc.inbound.maxBytes)");
      case NOT_DECODABLE, TOO_LARGE -> notDecodable(uri, cause);
      case NOT_CONNECTED ->
          new RpcConnectionException("not connected to [" + uri + "]", cause, false);
      case ENV_STOPPED -> new RpcEnvStoppedException(uri, false);
    };
  }

  private static RpcException notDecodable(String uri, @Nullable Throwable cause) {
    if (cause instanceof RpcException failure) {
      return failure;
    }
    return new RpcSerializationException(
        "a message for [" + uri + "] could not be decoded: " + ThrowableReader.text(cause),
        "unknown",
        "",
        RpcDirection.REQUEST,
        cause);
  }

  /**
   * Returns the failure for what a local handler threw: the same type as a remote asker gets.
   *
   * @param thrown what the handler threw
   * @return the failure to give to the asker
   */
  public static RpcRemoteException ofHandler(Throwable thrown) {
    return new RpcRemoteException(
        thrown.getClass().getName(),
        ThrowableReader.message(thrown),
        ThrowableReader.stack(thrown),
        thrown);
  }
}
