// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRequest;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** The messages of the suite. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public interface Msg {

  /** Asks for its own text. */
  record Echo(String text) implements RpcRequest<String>, Serializable {}

  /** Is sent. */
  record Tick(int n) implements Serializable {}

  /** Asks for its own number. */
  record Count(int n) implements RpcRequest<Integer>, Serializable {}

  /** Is sent or asked, as one of a sender's row; the padding makes it large. */
  record Step(int sender, int n, byte[] padding) implements RpcRequest<Integer>, Serializable {}

  /** Asks for the length of its bytes. */
  record Blob(byte[] bytes) implements RpcRequest<Integer>, Serializable {}

  /** Asks for so many bytes. */
  record Give(int size) implements RpcRequest<byte[]>, Serializable {}

  /** Asks for nothing and never gets it. */
  record Never() implements RpcRequest<String>, Serializable {}

  /** Asks for a failure. */
  record Fail(String how) implements RpcRequest<String>, Serializable {}

  /** Carries a ref and asks for what that answers. */
  record Carry(RpcEndpointRef ref) implements RpcRequest<String>, Serializable {}

  /** Carries refs, deep inside. */
  record Deep(List<Map<String, RpcEndpointRef>> refs) implements RpcRequest<String>, Serializable {}

  /** Asks for the ref of the endpoint that handles it. */
  record WhoAreYou() implements RpcRequest<RpcEndpointRef>, Serializable {}

  /** Asks for the refs of {@link Deep}. */
  record GiveBack(RpcEndpointRef ref) implements RpcRequest<RpcEndpointRef>, Serializable {}

  /** Asks for the address that the handler sees. */
  record WhereAmI() implements RpcRequest<String>, Serializable {}
}
