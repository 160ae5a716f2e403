// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

/** Why a one-way message was not handled. */
public enum DropReason {
  /** No endpoint of that name. */
  NO_SUCH_ENDPOINT,
  /** The endpoint was stopped before the message was handled, or never started. */
  ENDPOINT_STOPPED,
  /** The endpoint's inbox was full ({@code rpc.inbox.capacity}). */
  INBOX_FULL,
  /** Too many undecoded bytes from other envs ({@code rpc.inbound.maxBytes}). */
  INBOUND_FULL,
  /** The body could not be decoded: class not allowed, of another shape, or damaged. */
  NOT_DECODABLE,
  /** The receiver's limit for one message is lower than the message. */
  TOO_LARGE,
  /** No connection could be made, or the target's env has no listener and is not connected. */
  NOT_CONNECTED,
  /** This env was shut down before the message left. */
  ENV_STOPPED
}
