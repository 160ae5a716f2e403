// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of Java code in a Markdown file, and how it becomes a source file.
 *
 * <ul>
 *   <li>A block that has a {@code main} method is a source file already.
 *   <li>Any other is the body of a method that may throw; its {@code import} lines move to the top.
 *   <li>An HTML comment directly before it, {@code <!-- given ... -->}, holds code that belongs
 *       before the block and is not shown to readers.
 *   <li>{@code <!-- run -->} directly before it has it run, too.
 * </ul>
 *
 * All of {@code io.rpcenv}, {@code java.time}, {@code java.util} and {@code java.util.concurrent}
 * is imported.
 *
 * @param place file and line, for texts
 * @param given what is put before the code
 * @param code what stands between the fences
 * @param run whether to run it
 */
record Snippet(String place, String given, String code, boolean run) {

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?<comments>(?:<!--(?:(?!-->)[\\s\\S])*-->\\s*\\n)*)```java\\s*\\n(?<code>[\\s\\S]*?)\\n```");
  private static final Pattern COMMENT = Pattern.compile("<!--\\s*((?:(?!-->)[\\s\\S])*)-->");
  private static final Pattern MAIN = Pattern.compile("\\bstatic void main\\(");
  private static final Pattern PROGRAM = Pattern.compile("\\bclass (\\w+)");

  /** Returns the blocks of a file, in order. */
  static List<Snippet> in(Path file) {
    try {
      return in(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the blocks of a text, in order. */
  static List<Snippet> in(String name, String text) {
    List<Snippet> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      long line = text.substring(0, block.start("code")).lines().count() + 1;
      found.add(of(name + ":" + line, block.group("comments"), block.group("code")));
    }
    return found;
  }

  private static Snippet of(String place, String comments, String code) {
    StringBuilder given = new StringBuilder();
    boolean run = false;
    Matcher comment = COMMENT.matcher(comments);
    while (comment.find()) {
      String text = comment.group(1).strip();
      if (text.startsWith("given")) {
        given.append(text.substring("given".length())).append('\n');
      }
      run |= text.equals("run");
    }
    return new Snippet(place, given.toString(), code, run);
  }

  /** Returns the name of the class that has the method to run. */
  String className() {
    return program().orElse("Snippet");
  }

  private Optional<String> program() {
    Matcher name = PROGRAM.matcher(code);
    return MAIN.matcher(code).find() && name.find() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /** Returns the source file. */
  String source() {
    String defaults =
        """
        import io.rpcenv.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        """;
    if (program().isPresent()) {
      return defaults + given + code;
    }
    StringBuilder imports = new StringBuilder(defaults);
    StringBuilder body = new StringBuilder();
    (given + code)
        .lines()
        .forEach(line -> (line.startsWith("import ") ? imports : body).append(line).append('\n'));
    return imports
        + "final class Snippet {\n  static void main(String[] args) throws Exception {\n"
        + body
        + "  }\n}\n";
  }

  @Override
  public String toString() {
    return place;
  }
}
