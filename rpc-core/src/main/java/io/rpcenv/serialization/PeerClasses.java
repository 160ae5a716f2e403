// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.serialization;

/**
 * The classes that one peer has announced on one connection, resolved against this env's own
 * allow-list once each. Written on one network thread, read by any.
 */
public interface PeerClasses {

  /**
   * Takes in an announcement. A class that is refused, unknown or of another shape is remembered as
   * such; only a message that uses it fails.
   *
   * @param announced the class, with its id of {@link MessageClass#FIRST_ID} or more
   */
  void define(MessageClass announced);

  /**
   * Returns why a message of a class cannot be taken, without touching its body.
   *
   * @param messageClass the message's own class, announced or inline
   * @throws io.rpcenv.RpcSerializationException if the class is not allowed here, unknown here or
   *     of another shape here; the text names it and, where that helps, the line to add
   */
  void check(MessageClass messageClass);
}
