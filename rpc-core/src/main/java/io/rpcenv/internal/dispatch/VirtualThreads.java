// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.dispatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads, which the JVM has from 21 on, while this code is compiled for 17: found once,
 * from then on a {@link ThreadFactory} like any other.
 */
final class VirtualThreads {

  private static final int FIRST_RELEASE = 21;

  private VirtualThreads() {}

  /**
   * Returns what makes them.
   *
   * @param prefix what their names begin with; a number from 1 follows
   * @return a factory; thread-safe
   * @throws IllegalArgumentException if this JVM has none
   */
  static ThreadFactory factory(String prefix) {
    requireRelease(Runtime.version().feature());
    try {
      return (ThreadFactory) Found.FACTORY.invokeExact(prefix);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError("nothing there declares a checked exception", t);
    }
  }

  static void requireRelease(int feature) {
    if (feature < FIRST_RELEASE) {
      throw new IllegalArgumentException(
          "executor: VIRTUAL (expected: Java "
              + FIRST_RELEASE
              + " or later, this is "
              + feature
              + ")");
    }
  }

  /** Looked up when first needed. */
  private static final class Found {

    /**
     * prefix -> Thread.ofVirtual().inheritInheritableThreadLocals(false).name(prefix, 1).factory()
     */
    static final MethodHandle FACTORY = find();

    private static MethodHandle find() {
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
        MethodHandle named =
            MethodHandles.insertArguments(
                lookup.findVirtual(
                    builder, "name", MethodType.methodType(builder, String.class, long.class)),
                2,
                1L);
        MethodHandle bare =
            MethodHandles.insertArguments(
                lookup.findVirtual(
                    builder,
                    "inheritInheritableThreadLocals",
                    MethodType.methodType(builder, boolean.class)),
                1,
                false);
        MethodHandle make =
            lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
        // (builder, prefix) -> factory; the builder is a new one each time
        MethodHandle build = MethodHandles.filterReturnValue(named, make);
        MethodHandle fresh =
            MethodHandles.filterReturnValue(
                lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder)), bare);
        return MethodHandles.collectArguments(build, 0, fresh);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }
}
