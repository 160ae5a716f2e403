// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Turns what user code makes into bytes and back, by Java serialization: the work of a stage, its
 * splits, elements and results. Only a task's thread and the driver decode, with the class loader
 * of the application's jar, and let in nothing but that jar's classes and values of the JDK.
 */
public final class TaskCodec {

  private static final Set<String> PACKAGES =
      Set.of("java.lang", "java.math", "java.time", "java.util", TaskCodec.class.getPackageName());
  private static final Set<String> LAMBDAS = Set.of("java.lang.invoke.SerializedLambda");
  private static final long MAX_DEPTH = 1000;

  private static final String EXAMPLES = "io.rpcenv.examples.cluster.job";

  private final ClassLoader application;
  private final Predicate<Class<?>> applicationClasses;

  /**
   * Makes a codec.
   *
   * @param application loads the application's classes; those of its parents are let in only if
   *     they are values
   */
  public TaskCodec(ClassLoader application) {
    this(application, type -> type.getClassLoader() == application);
  }

  private TaskCodec(ClassLoader application, Predicate<Class<?>> applicationClasses) {
    this.application = application;
    this.applicationClasses = applicationClasses;
  }

  /** Returns a codec for the jobs that come with the examples, and for no other classes here. */
  public static TaskCodec ofExamples() {
    ClassLoader here = TaskCodec.class.getClassLoader();
    return new TaskCodec(here, type -> type.getPackageName().equals(EXAMPLES));
  }

  /**
   * Returns who loads the classes of an application's jar; closed by the caller.
   *
   * @throws IOException if the file is no jar
   */
  public static URLClassLoader loaderOf(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new URLClassLoader(
          new URL[] {Path.of(file.getName()).toUri().toURL()}, TaskCodec.class.getClassLoader());
    }
  }

  /**
   * Encodes a value.
   *
   * @throws IOException if something in it is not serializable: which field of which class holds it
   */
  public byte[] encode(@Nullable Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (NotSerializableException e) {
      throw Captures.explain(value, e);
    }
    return bytes.toByteArray();
  }

  /** Returns who loads the application's classes. */
  public ClassLoader application() {
    return application;
  }

  /** Decodes a value that is not null. */
  public Object decodePresent(byte[] bytes) throws IOException {
    Object value = decode(bytes);
    if (value == null) {
      throw new IOException("null (expected: a value)");
    }
    return value;
  }

  /** Decodes a value. */
  public @Nullable Object decode(byte[] bytes) throws IOException {
    try (Reader in = reader(new ByteArrayInputStream(bytes))) {
      return in.next();
    }
  }

  /** Returns what writes many values one after the other. */
  public ObjectOutputStream writer(OutputStream out) throws IOException {
    return new ObjectOutputStream(out);
  }

  /** Returns what reads many values one after the other. */
  public Reader reader(InputStream in) throws IOException {
    return new Reader(in);
  }

  /** Reads values; its owner closes it. */
  public final class Reader extends ObjectInputStream {

    private String rejected = "";

    private Reader(InputStream in) throws IOException {
      super(in);
      setObjectInputFilter(
          info -> {
            ObjectInputFilter.Status status = check(info);
            if (status == ObjectInputFilter.Status.REJECTED && info.serialClass() != null) {
              rejected = info.serialClass().getTypeName();
            }
            return status;
          });
    }

    /**
     * Returns the next value.
     *
     * @throws IOException if there is none, or it is of a class that is not let in or not there
     */
    public @Nullable Object next() throws IOException {
      try {
        return readObject();
      } catch (ClassNotFoundException e) {
        throw new IOException("class [" + e.getMessage() + "] is not in the application's jar", e);
      } catch (InvalidClassException e) {
        throw new IOException(
            (rejected.isEmpty() ? e.getMessage() : "class [" + rejected + "] is not let in")
                + " (let in: the application's classes and values of the JDK)",
            e);
      }
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, application);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description); // primitive types
      }
    }
  }

  private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
    if (info.depth() > MAX_DEPTH) {
      return ObjectInputFilter.Status.REJECTED;
    }
    Class<?> type = info.serialClass();
    if (type == null) {
      return ObjectInputFilter.Status.UNDECIDED;
    }
    while (type.isArray()) {
      type = type.getComponentType();
    }
    return isLetIn(type) ? ObjectInputFilter.Status.ALLOWED : ObjectInputFilter.Status.REJECTED;
  }

  private boolean isLetIn(Class<?> type) {
    return type.isPrimitive()
        || applicationClasses.test(type)
        || PACKAGES.contains(type.getPackageName())
        || LAMBDAS.contains(type.getName());
  }
}
