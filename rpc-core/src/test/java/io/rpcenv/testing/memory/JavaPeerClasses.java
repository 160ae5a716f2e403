// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.RpcDirection;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.MessageClass;
import io.rpcenv.serialization.PeerClasses;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one peer has announced, by name, with the verdict on it: empty, or why it is refused. */
final class JavaPeerClasses implements PeerClasses {

  private final JavaTestSerializer serializer;
  private final Map<String, String> verdicts = new ConcurrentHashMap<>();

  JavaPeerClasses(JavaTestSerializer serializer) {
    this.serializer = serializer;
  }

  @Override
  public void define(MessageClass announced) {
    verdicts.put(announced.name(), verdict(announced.name()));
  }

  private String verdict(String name) {
    try {
      String refusal = serializer.refusalOf(name);
      return refusal == null ? "" : refusal;
    } catch (ClassNotFoundException e) {
      return "class " + name + " is unknown here";
    }
  }

  @Override
  public void check(MessageClass messageClass) {
    check(messageClass.name());
  }

  void check(String name) {
    String verdict = verdicts.getOrDefault(name, "class " + name + " was not announced");
    if (!verdict.isEmpty()) {
      throw new RpcSerializationException(verdict, name, "", RpcDirection.REQUEST, null);
    }
  }
}
