// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

/**
 * A message turned into bytes. It depends on no connection: it may wait, survive a reconnect, or go
 * to several peers.
 *
 * @param messageClass the class of the message itself
 * @param highestClassId the highest class id that the body or {@code messageClass} uses; a
 *     connection announces all up to that one before the body; 0 if it uses none
 * @param body the bytes; whoever holds this record owns them
 */
public record EncodedMessage(MessageClass messageClass, int highestClassId, MessageBody body) {}
