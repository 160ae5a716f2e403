// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.docs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a {@link Snippet} against the class path of the tests, and runs it. */
final class SnippetRunner {

  private final Path classes;

  /**
   * Makes a runner.
   *
   * @param classes a folder for the classes, empty
   */
  SnippetRunner(Path classes) {
    this.classes = classes;
  }

  /** Compiles a snippet and returns what the compiler says against it: nothing if all is well. */
  String compile(Snippet snippet) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            "-Xlint:deprecation,rawtypes,unchecked,removal",
            "-Werror");
    boolean compiled =
        compiler.getTask(null, null, said, options, null, List.of(new Source(snippet))).call();
    String faults =
        said.getDiagnostics().stream()
            .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
            .collect(Collectors.joining("\n"));
    return compiled ? "" : "does not compile: " + faults + "\n" + snippet.source();
  }

  /** Runs a compiled snippet, as a program with this folder on its class path would. */
  void run(Snippet snippet) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      thread.setContextClassLoader(loader);
      Method main = loader.loadClass(snippet.className()).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      throw new AssertionError(snippet + " failed", e.getCause());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final Snippet snippet;

    Source(Snippet snippet) {
      super(URI.create("string:///" + snippet.className() + ".java"), Kind.SOURCE);
      this.snippet = snippet;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return snippet.source();
    }
  }
}
