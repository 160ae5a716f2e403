// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEnvListener.Origin;
import io.rpcenv.RpcException;
import io.rpcenv.internal.call.AskMessage;
import io.rpcenv.internal.call.FailureCodec;
import io.rpcenv.internal.call.Rejections;
import io.rpcenv.serialization.EncodedMessage;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An ask that came from another env. Its answer goes back on the connection that it came on. */
final class RemoteRequest extends AskMessage {

  private final RemoteBody body;
  private final long callId;
  private final InboundConnection origin;

  RemoteRequest(RemoteBody body, long callId, InboundConnection origin) {
    this.body = body;
    this.callId = callId;
    this.origin = origin;
  }

  @Override
  protected Object payload() {
    return Objects.requireNonNull(body.decode(), "message");
  }

  @Override
  public String messageClass() {
    return body.className();
  }

  @Override
  public Origin origin() {
    return Origin.REMOTE;
  }

  @Override
  public Optional<RpcAddress> senderAddress() {
    return Optional.of(origin.peerAddress());
  }

  @Override
  public void rejected(String endpoint, DropReason reason, @Nullable Throwable cause) {
    body.release();
    super.rejected(endpoint, reason, cause);
  }

  @Override
  protected void answer(@Nullable Object response) {
    EncodedMessage encoded;
    try {
      encoded = origin.codec().encode(response, origin.peerLimit(), RpcDirection.REPLY);
    } catch (RpcException e) {
      origin.fail(callId, FailureCodec.encode(e));
      return;
    } catch (Error e) {
      // The ask counts as answered: nobody else would ever answer it.
      RpcException failure = MessageCodec.notEncodable(response, RpcDirection.REPLY, e);
      origin.fail(callId, FailureCodec.encode(failure));
      if (e instanceof VirtualMachineError) {
        throw e;
      }
      return;
    }
    origin.reply(callId, encoded);
  }

  @Override
  protected void answerFailure(Throwable cause) {
    origin.fail(callId, FailureCodec.encodeHandlerFailure(cause));
  }

  @Override
  protected void answerRejection(String endpoint, DropReason reason, @Nullable Throwable cause) {
    RpcException failure = Rejections.of(origin.uri(endpoint), reason, cause);
    origin.fail(callId, FailureCodec.encode(failure));
  }
}
