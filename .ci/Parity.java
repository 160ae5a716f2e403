// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Lists each row with the tests that show it, and exits 1 if a row that is due has none, or if a
 * test names a row that is not listed here.
 *
 * <p>A test shows a row when the row's id (RPC-06, in identifiers RPC_06 or rpc06) stands in the
 * name or the Javadoc of its method, or of its class: then {@code Class#*} is listed.
 */
final class Parity {

  private static final String ROWS =
      """
      RPC-01 send and ask, both ways
      RPC-02 a client without a listener
      RPC-03 refs inside messages and replies
      RPC-04 late replies, failures as data
      RPC-05 unknown endpoint fails at once
      RPC-06 ask timeout names its key
      RPC-07 timeouts from one key, several
      RPC-08 abort reaches the other side
      RPC-09 onStart first, onStop last, serial
      RPC-10 errors in hooks reach onError
      RPC-11 self is known while running
      RPC-12 posted is handled plus refused
      RPC-13 unsupported message fails its asker
      RPC-14 network events, each exactly once
      RPC-15 unserializable reply fails with path
      RPC-16 taken port, next ones tried
      RPC-17 bind and advertised address differ
      RPC-18 isolated endpoint delays nobody else
      RPC-19 concurrent endpoints, onStop still alone
      RPC-20 handler errors leave others alive
      RPC-21 shutdown ends everything at once
      RPC-22 connecting retries, order is kept
      RPC-23 a restarted peer is reached
      RPC-24 maximum message size, both ways
      RPC-25 file server, names and roots
      RPC-26 channels stream in constant memory
      RPC-27 shared secret and wire encryption
      RPC-28 configuration keys under both names
      RPC-29 addresses parse, print, explain errors
      RPC-30 observer sees messages and stops
      PLG-01 driver part, executor part, loaded by name
      PLG-02 driver part's life, extra configuration
      PLG-03 executor part's life, task callbacks
      PLG-04 ask blocks, send does not
      PLG-05 the walk-through works as written
      PLG-06 custom metrics show up
      PLG-07 events pushed from outside
      PLG-08 the driver part reaches executor parts
      PLG-09 a plugin that throws harms nobody
      CLU-01 master
      CLU-02 worker
      CLU-03 an executor ends with its worker
      CLU-04 submit, kill and query a driver
      CLU-05 driver and executors
      CLU-06 silent executors are expired
      CLU-07 the same job in one process
      CLU-08 shuffle outputs are registered and found
      CLU-09 blocks, their places and copies
      CLU-10 one attempt commits
      CLU-11 state stores of a stream
      CLU-12 leader election and recovery
      CLU-13 jars travel by the file server
      CLU-14 an observer sees the sum's endpoints
      OUT-01 a plain program asks for the master's state
      OUT-02 the same by HTTP and JSON
      OUT-03 submit, follow and stop a job
      """;

  private static final Set<String> NOT_DUE = Set.of("RPC-27");
  private static final String KINDS = "(RPC|PLG|CLU|OUT)";
  private static final Pattern ID =
      Pattern.compile("(?i)(?<![A-Z])" + KINDS + "[-_]?(\\d\\d)(?!\\d)");
  private static final Pattern ID_IN_NAME = Pattern.compile("(?i)" + KINDS + "_?(\\d\\d)(?!\\d)");
  private static final Set<String> TEST_ANNOTATIONS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

  private final Map<String, Set<String>> testsByRow = new TreeMap<>();

  public static void main(String[] args) throws IOException {
    Parity parity = new Parity();
    parity.read(Path.of(""));
    System.exit(parity.print() ? 0 : 1);
  }

  private void read(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> modules = Files.list(root)) {
      files =
          modules
              .map(module -> module.resolve("src/test/java"))
              .filter(Files::isDirectory)
              .flatMap(Parity::javaFiles)
              .sorted()
              .toList();
    }
    if (files.isEmpty()) {
      return;
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var sources = manager.getJavaFileObjectsFromPaths(files);
      var task = (JavacTask) compiler.getTask(null, manager, null, List.of(), null, sources);
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        String module = root.toUri().relativize(unit.getSourceFile().toUri()).getPath();
        String prefix = module.substring(0, module.indexOf("/src/test/java")) + ": ";
        new Finder(docs, prefix.substring(prefix.lastIndexOf('/') + 1)).scan(unit, "");
      }
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Prints the list; says whether it is complete. */
  private boolean print() {
    Map<String, String> titles =
        ROWS.lines()
            .collect(
                Collectors.toMap(
                    row -> row.substring(0, 6), row -> row.substring(7), (a, b) -> a, TreeMap::new));
    Set<String> missing = new TreeSet<>();
    titles.forEach(
        (row, title) -> {
          Set<String> tests = testsByRow.getOrDefault(row, Set.of());
          System.out.println(row + "  " + title);
          tests.forEach(test -> System.out.println("        " + test));
          if (tests.isEmpty()) {
            System.out.println(NOT_DUE.contains(row) ? "        (not due)" : "        NO TEST");
            if (!NOT_DUE.contains(row)) {
              missing.add(row);
            }
          }
        });
    Set<String> unknown = new TreeSet<>(testsByRow.keySet());
    unknown.removeAll(titles.keySet());
    unknown.forEach(row -> System.out.println("unknown row " + row + ": " + testsByRow.get(row)));
    long tests = testsByRow.values().stream().flatMap(Set::stream).distinct().count();
    long shown = titles.keySet().stream().filter(testsByRow::containsKey).count();
    System.out.println(shown + " of " + titles.size() + " rows shown by " + tests + " tests");
    if (!missing.isEmpty()) {
      System.out.println("due and without a test: " + String.join(", ", missing));
    }
    return missing.isEmpty() && unknown.isEmpty();
  }

  /** Walks the types of one file; the parameter is the name of the enclosing type, or empty. */
  private final class Finder extends TreePathScanner<Void, String> {

    private final DocTrees docs;
    private final String prefix;

    Finder(DocTrees docs, String prefix) {
      this.docs = docs;
      this.prefix = prefix;
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
      String name = outer.isEmpty() ? type.getSimpleName() + "" : outer + "." + type.getSimpleName();
      if (type.getMembers().stream().anyMatch(Finder::isTestOrType)) {
        record(type.getSimpleName() + "", name + "#*");
      }
      return super.visitClass(type, name);
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
      if (isTest(method)) {
        record(method.getName() + "", type + "#" + method.getName());
      }
      return super.visitMethod(method, type);
    }

    private void record(String identifier, String test) {
      String doc = docs.getDocComment(getCurrentPath());
      Stream.concat(
              ID.matcher(doc == null ? "" : doc).results(),
              ID_IN_NAME.matcher(identifier).results())
          .map(id -> id.group(1).toUpperCase(Locale.ROOT) + "-" + id.group(2))
          .forEach(row -> testsByRow.computeIfAbsent(row, r -> new TreeSet<>()).add(prefix + test));
    }

    private static boolean isTestOrType(Tree member) {
      return member instanceof ClassTree || member instanceof MethodTree method && isTest(method);
    }

    private static boolean isTest(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .map(annotation -> annotation.getAnnotationType().toString())
          .map(name -> name.substring(name.lastIndexOf('.') + 1))
          .anyMatch(TEST_ANNOTATIONS::contains);
    }
  }
}
