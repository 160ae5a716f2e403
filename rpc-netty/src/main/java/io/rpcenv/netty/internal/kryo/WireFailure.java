// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.RpcDirection;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcSerializationException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one value. It collects the path on its way out: each codec that holds the
 * value adds its step, so that the good case pays nothing for paths.
 */
final class WireFailure extends RuntimeException {

  private static final int MAX_PATH = 256;

  @Serial private static final long serialVersionUID = 1L;

  private final String typeName;
  private final transient List<String> steps = new ArrayList<>(8);

  private WireFailure(String typeName, String text, @Nullable Throwable cause) {
    super(text, cause, false, false);
    this.typeName = typeName;
  }

  static WireFailure of(String typeName, String text) {
    return new WireFailure(typeName, text, null);
  }

  static WireFailure of(Class<?> type, String text) {
    return new WireFailure(type.getName(), "class " + type.getName() + " " + text, null);
  }

  /** The bytes are not what a serializer of ours writes. */
  static WireFailure malformed(String text) {
    return new WireFailure("", "malformed message: " + text, null);
  }

  /**
   * Returns what to throw on, with one step of the path added in front.
   *
   * @param owner the class whose codec ran
   * @param step such as {@code .name} or {@code [3]}
   * @param thrown what its content threw
   */
  static RuntimeException at(Class<?> owner, String step, Throwable thrown) {
    if (thrown instanceof RpcMessageTooLargeException tooLarge) {
      return tooLarge;
    }
    WireFailure failure = wrap(owner, thrown);
    failure.steps.add(step);
    return failure;
  }

  /** Turns anything thrown into a failure; throws on what is no fault of the message. */
  static WireFailure wrap(Class<?> owner, Throwable thrown) {
    if (thrown instanceof WireFailure failure) {
      return failure;
    }
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      throw error;
    }
    String text =
        thrown instanceof StackOverflowError
            ? "nested too deep for this thread's stack"
            : thrown.getClass().getName()
                + (thrown.getMessage() == null ? "" : ": " + thrown.getMessage());
    return new WireFailure(owner.getName(), "class " + owner.getName() + ": " + text, thrown);
  }

  String text() {
    return String.valueOf(getMessage());
  }

  RpcSerializationException toException(String verb, String root) {
    String path = steps.isEmpty() ? "" : path(root);
    String where = path.isEmpty() ? "" : " at " + path;
    return new RpcSerializationException(
        "cannot " + verb + " " + root + where + ": " + text(),
        typeName.isEmpty() ? root : typeName,
        path,
        RpcDirection.REQUEST,
        getCause());
  }

  private String path(String root) {
    StringBuilder path = new StringBuilder(root);
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (path.length() > MAX_PATH) {
        return path.append('…').toString();
      }
      path.append(steps.get(i));
    }
    return path.toString();
  }
}
