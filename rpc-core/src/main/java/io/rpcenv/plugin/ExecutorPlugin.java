// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.plugin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a plugin that runs in each executor. {@link #init}, {@link #receive} and {@link
 * #shutdown} are called by a thread of the plugin's own; a method may block, and that holds up no
 * other plugin. The methods about tasks run on the task's thread, several at a time. What a method
 * throws is logged, and ends neither executor nor task nor other plugins.
 */
public interface ExecutorPlugin {

  /**
   * Begins; exactly once, before anything else. If it throws, this part does not run here.
   *
   * @param context how to reach the driver part; usable until the end
   * @param extraConf what {@link DriverPlugin#init} returned
   * @throws Exception if it cannot begin
   */
  default void init(ExecutorContext context, Map<String, String> extraConf) throws Exception {}

  /**
   * Says that a task begins; on its thread, which waits for this.
   *
   * @throws Exception logged; the task runs all the same
   */
  default void onTaskStart() throws Exception {}

  /**
   * Says that the task of this thread succeeded.
   *
   * @throws Exception logged
   */
  default void onTaskSucceeded() throws Exception {}

  /**
   * Says that the task of this thread failed.
   *
   * @param cause what it failed with
   * @throws Exception logged
   */
  default void onTaskFailed(Throwable cause) throws Exception {}

  /**
   * Takes a message of the driver part, or of a program outside.
   *
   * @param message the message
   * @return the reply; ignored if nobody waits for one
   * @throws Exception what the asker's ask fails with; logged if the message was sent
   */
  default @Nullable Object receive(Object message) throws Exception {
    throw new UnsupportedOperationException(
        getClass().getName() + " takes no message of class [" + message.getClass().getName() + "]");
  }

  /**
   * Ends; once if {@link #init} succeeded, after everything else, except for tasks that have not
   * ended: one may be in a method about tasks still. May send to the driver part.
   *
   * @throws Exception logged
   */
  default void shutdown() throws Exception {}
}
