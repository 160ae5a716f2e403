// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a throwable of a class by name, where the env allows that class and it has one of the usual
 * public constructors.
 */
public final class ThrowableRebuilder {

  private final Predicate<String> allowed;
  private final ClassLoader classLoader;

  /**
   * Makes a rebuilder.
   *
   * @param allowed whether a class may be instantiated
   * @param classLoader where it is looked up
   */
  public ThrowableRebuilder(Predicate<String> allowed, ClassLoader classLoader) {
    this.allowed = allowed;
    this.classLoader = classLoader;
  }

  Optional<Throwable> rebuild(
      String className,
      @Nullable String message,
      List<StackTraceElement> stack,
      @Nullable Throwable cause) {
    try {
      if (!allowed.test(className)) {
        return Optional.empty();
      }
      Class<?> type = Class.forName(className, false, classLoader);
      if (!Throwable.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
        return Optional.empty();
      }
      Optional<Throwable> made = construct(type.asSubclass(Throwable.class), message, cause);
      made.ifPresent(t -> t.setStackTrace(stack.toArray(StackTraceElement[]::new)));
      return made;
    } catch (Throwable e) {
      // Code of the user's class ran here, and the asker must have its answer: described instead.
      return Optional.empty();
    }
  }

  private static Optional<Throwable> construct(
      Class<? extends Throwable> type, @Nullable String message, @Nullable Throwable cause)
      throws ReflectiveOperationException {
    Throwable made = null;
    for (Constructor<?> c : type.getConstructors()) {
      Class<?>[] p = c.getParameterTypes();
      if (p.length == 2 && p[0] == String.class && p[1] == Throwable.class) {
        return Optional.of((Throwable) c.newInstance(message, cause));
      } else if (p.length == 1 && p[0] == String.class) {
        made = (Throwable) c.newInstance(message);
      } else if (p.length == 0 && made == null && message == null) {
        made = (Throwable) c.newInstance();
      }
    }
    if (made != null && cause != null && made.getCause() == null) {
      made.initCause(cause);
    }
    return Optional.ofNullable(made);
  }
}
