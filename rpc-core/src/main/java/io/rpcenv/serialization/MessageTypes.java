// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

import io.rpcenv.RpcEnvSettings;
import java.util.List;
import java.util.Set;

/**
 * The allow-list: the classes that may be instantiated from the wire, over and above the fixed set
 * of JDK values that a serializer knows. Immutable.
 */
public final class MessageTypes {

  private final Set<Class<?>> classes;
  private final List<String> patterns;

  private MessageTypes(Set<Class<?>> classes, List<String> patterns) {
    this.classes = classes;
    this.patterns = patterns;
  }

  /**
   * Takes in message classes with all that they declare to contain.
   *
   * @param messages the classes given to the builder
   * @param patterns {@code rpc.serializer.allow}
   * @return the allow-list
   */
  public static MessageTypes of(List<RpcEnvSettings.Messages> messages, List<String> patterns) {
    throw new UnsupportedOperationException("of");
  }
}
