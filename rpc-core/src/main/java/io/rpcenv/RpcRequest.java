// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/**
 * A message that is asked and answered with an {@code R}.
 *
 * <p>Marks a message class so that {@link RpcEndpointRef#ask(RpcRequest)} knows the type of the
 * reply. Any other message is sent, or asked with the reply's class given beside it.
 *
 * @param <R> the type of the reply; a reply that is not of R's erasure fails the ask with {@link
 *     RpcUnexpectedReplyException}
 */
public interface RpcRequest<R> {}
