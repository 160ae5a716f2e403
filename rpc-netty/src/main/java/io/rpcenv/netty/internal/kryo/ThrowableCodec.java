// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import io.rpcenv.serialization.MessageTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes message, cause, stack, suppressed ones and the fields of its own class; rebuilds it
 * through a usual constructor, since a Throwable's own fields are out of reach. One that has only a
 * constructor without arguments gets the message which that gives it.
 */
final class ThrowableCodec extends Codec<Throwable> {

  private static final int MAX_STACK = 1024;

  private final Class<?> type;
  private final MethodHandle maker;
  private final boolean takesCause;
  private final FieldSet fields;

  private ThrowableCodec(
      Class<?> type, MethodHandle maker, boolean takesCause, MessageTypes types) {
    this.type = type;
    this.maker = maker;
    this.takesCause = takesCause;
    this.fields = FieldSet.of(type, types);
  }

  static ThrowableCodec of(Class<?> type, MessageTypes types) {
    MethodHandles.Lookup access =
        Platform.isPlatform(type) ? MethodHandles.publicLookup() : Access.to(type, types);
    for (Form form : Form.values()) {
      for (Constructor<?> candidate : type.getDeclaredConstructors()) {
        if (form.fits(candidate.getParameterTypes())) {
          Optional<MethodHandle> made = open(access, candidate);
          if (made.isPresent()) {
            return new ThrowableCodec(type, form.adapt(made.get()), form.takesCause(), types);
          }
        }
      }
    }
    throw WireFailure.of(
        type, "has no constructor (String, Throwable), (String), (Throwable) or () to rebuild it");
  }

  private static Optional<MethodHandle> open(
      MethodHandles.Lookup access, Constructor<?> candidate) {
    try {
      return Optional.of(access.unreflectConstructor(candidate));
    } catch (IllegalAccessException e) {
      return Optional.empty();
    }
  }

  /** Usual constructors, best first. */
  private enum Form {
    MESSAGE_CAUSE("mc"),
    MESSAGE("m"),
    CAUSE("c"),
    NONE("");

    private final String parameters;

    Form(String parameters) {
      this.parameters = parameters;
    }

    boolean takesCause() {
      return parameters.endsWith("c");
    }

    boolean fits(Class<?>[] types) {
      if (types.length != parameters.length()) {
        return false;
      }
      for (int i = 0; i < types.length; i++) {
        boolean fits =
            parameters.charAt(i) == 'm'
                ? types[i] == String.class || types[i] == Object.class
                : Throwable.class.isAssignableFrom(types[i]);
        if (!fits) {
          return false;
        }
      }
      return true;
    }

    /** Returns {@code (String, Throwable)Throwable}. */
    MethodHandle adapt(MethodHandle constructor) {
      MethodType target = MethodType.methodType(Throwable.class, String.class, Throwable.class);
      MethodType narrow = constructor.type().changeReturnType(Throwable.class);
      int[] order = parameters.chars().map("mc"::indexOf).toArray();
      for (int i = 0; i < order.length; i++) {
        narrow = narrow.changeParameterType(i, target.parameterType(order[i]));
      }
      return MethodHandles.permuteArguments(constructor.asType(narrow), target, order);
    }
  }

  @Override
  void write(WireKryo kryo, Throwable value) {
    try {
      kryo.out().writeString(value.getMessage());
      writeStack(kryo, value.getStackTrace());
      Throwable cause = value.getCause();
      kryo.write(cause);
    } catch (Throwable t) {
      throw WireFailure.at(type, ".cause", t);
    }
    writeSuppressed(kryo, value.getSuppressed());
    fields.write(kryo, value);
  }

  private void writeSuppressed(WireKryo kryo, Throwable[] suppressed) {
    try {
      Elements.write(kryo, suppressed);
    } catch (Throwable t) {
      throw WireFailure.at(type, ".suppressed", t);
    }
  }

  private static void writeStack(WireKryo kryo, StackTraceElement[] stack) {
    int depth = Math.min(stack.length, MAX_STACK);
    kryo.out().writeLength(depth);
    for (int i = 0; i < depth; i++) {
      StackTraceElement frame = stack[i];
      kryo.out().writeString(frame.getClassLoaderName());
      kryo.out().writeString(frame.getModuleName());
      kryo.out().writeString(frame.getModuleVersion());
      kryo.out().writeString(frame.getClassName());
      kryo.out().writeString(frame.getMethodName());
      kryo.out().writeString(frame.getFileName());
      kryo.out().writeVarInt(frame.getLineNumber(), false);
    }
  }

  @Override
  Throwable read(WireKryo kryo) {
    String message = kryo.in().readString();
    StackTraceElement[] stack = readStack(kryo);
    Throwable cause = throwable(kryo.read());
    Throwable made;
    try {
      made = (Throwable) maker.invokeExact(message, cause);
      if (!takesCause && cause != null && made.getCause() == null) {
        made.initCause(cause);
      }
    } catch (Throwable t) {
      throw WireFailure.wrap(type, t);
    }
    made.setStackTrace(stack);
    int suppressed = kryo.in().readLength();
    for (int i = 0; i < suppressed; i++) {
      Throwable next = throwable(kryo.read());
      if (next == null) {
        throw WireFailure.malformed("no suppressed exception where one belongs");
      }
      made.addSuppressed(next);
    }
    fields.readInto(kryo, made);
    return made;
  }

  private static @Nullable Throwable throwable(@Nullable Object value) {
    if (value == null || value instanceof Throwable) {
      return (Throwable) value;
    }
    throw WireFailure.of(value.getClass(), "came where a Throwable belongs");
  }

  private static StackTraceElement[] readStack(WireKryo kryo) {
    int depth = kryo.in().readLength(7);
    List<StackTraceElement> stack = new ArrayList<>(depth);
    for (int i = 0; i < depth; i++) {
      stack.add(
          new StackTraceElement(
              kryo.in().readString(),
              kryo.in().readString(),
              kryo.in().readString(),
              Values.readText(kryo),
              Values.readText(kryo),
              kryo.in().readString(),
              kryo.in().readVarInt(false)));
    }
    return stack.toArray(StackTraceElement[]::new);
  }
}
