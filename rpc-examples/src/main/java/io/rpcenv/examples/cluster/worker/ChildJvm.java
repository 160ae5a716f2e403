// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.worker;

import io.rpcenv.examples.cluster.Folders;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JVM that a worker started. Its standard input is a pipe that only the worker holds: when the
 * worker ends, in whatever way, the pipe breaks and the child ends itself. What it prints goes to
 * {@code stdout} and {@code stderr} in its folder, after what an earlier one printed there; its
 * temporary files go to {@code tmp-NUMBER} there, which the worker deletes when the child has
 * ended, in whatever way. If the worker was killed before it could do that, the next one that takes
 * its folder does, see {@link WorkDir}.
 */
final class ChildJvm {

  private static final Logger LOG = LoggerFactory.getLogger(ChildJvm.class);
  private static final int FIRST_JDK_THAT_WARNS = 24;
  private static final int TERMINATION_SECONDS = 3;
  private static final int FAREWELL_SECONDS = 4; // bin/rpcenv demo kills a worker after five
  private static final int LONGEST_LAST_WORDS = 300;
  private static final int TAIL = 4096;
  private static final String NO_MEMORY = "Terminating due to"; // of ExitOnOutOfMemoryError
  private static final Set<ChildJvm> ALIVE = ConcurrentHashMap.newKeySet(); // of this process

  /** How the names of folders for temporary files begin. */
  static final String TEMPORARY = "tmp-";

  private final Process process;
  private final Path folder;
  private final Path temporary;
  private final CompletableFuture<Integer> exitCode;

  private ChildJvm(Process process, Path folder, Path temporary) {
    this.process = process;
    this.folder = folder;
    this.temporary = temporary;
    this.exitCode = process.onExit().thenApplyAsync(this::cleanUp, ChildJvm::runBesides);
    ALIVE.add(this);
    var unused = exitCode.whenComplete((code, failure) -> ALIVE.remove(this));
  }

  /**
   * What to start.
   *
   * @param name of its own log file
   * @param folder where it works and where its output goes; exists
   * @param cores how many processors it sees
   * @param memory its heap, in MiB, from 16; as much again is its limit outside of it
   * @param jar one more jar on its class path, besides the worker's
   * @param mainClass what it runs
   * @param arguments of that class
   */
  record Spec(
      String name,
      Path folder,
      int cores,
      int memory,
      Optional<Path> jar,
      String mainClass,
      List<String> arguments) {}

  static ChildJvm start(Spec spec) throws IOException {
    // One of its own, for an earlier attempt in that folder may still be ending.
    Path temporary = Files.createTempDirectory(Files.createDirectories(spec.folder()), TEMPORARY);
    ProcessBuilder builder =
        new ProcessBuilder(command(spec, temporary)).directory(spec.folder().toFile());
    builder.redirectOutput(Redirect.appendTo(spec.folder().resolve("stdout").toFile()));
    builder.redirectError(Redirect.appendTo(spec.folder().resolve("stderr").toFile()));
    return new ChildJvm(builder.start(), spec.folder(), temporary);
  }

  private int cleanUp(Process ended) {
    Folders.delete(temporary);
    return ended.exitValue();
  }

  /** Deleting much takes a while, for which neither an endpoint nor another child waits. */
  private static void runBesides(Runnable work) {
    Thread thread = new Thread(work, "after-child");
    thread.setDaemon(true);
    thread.start();
  }

  private static List<String> command(Spec spec, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    if (Runtime.version().feature() >= FIRST_JDK_THAT_WARNS) {
      // Of what Netty's native transport and Kryo do.
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(givenOptions());
    command.add("-Xms16m");
    command.add("-Xmx" + spec.memory() + "m");
    command.add("-XX:MaxDirectMemorySize=" + spec.memory() + "m");
    command.add("-XX:+ExitOnOutOfMemoryError"); // what is left then is of no use, but may linger
    command.add("-XX:ActiveProcessorCount=" + spec.cores());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Drpcenv.log.dir=" + spec.folder());
    command.add("-Drpcenv.log.name=" + spec.name());
    command.add("-cp");
    command.add(classPath(spec.jar()));
    command.add(spec.mainClass());
    command.addAll(spec.arguments());
    return command;
  }

  /** Returns the options that bin/rpcenv gives to each JVM, because its user says so. */
  private static List<String> givenOptions() {
    String options = System.getenv("RPCENV_JAVA_OPTS");
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.strip().split("\\s+"));
  }

  /** Returns this process's class path; absolute, because the child works in another folder. */
  private static String classPath(Optional<Path> jar) {
    List<String> entries = new ArrayList<>();
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .forEach(entries::add);
    jar.ifPresent(file -> entries.add(file.toAbsolutePath().toString()));
    return String.join(File.pathSeparator, entries);
  }

  /** Asks it to end, and makes it end if it does not. */
  void kill() {
    process.toHandle().destroy(); // Process.destroy() would break the pipe as well
    CompletableFuture.delayedExecutor(TERMINATION_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  void killAtOnce() {
    process.destroyForcibly();
  }

  /**
   * Makes all children of this process end, and waits until their temporary files are gone, but not
   * for long: for the end of the process.
   */
  static void endAll() {
    ALIVE.forEach(ChildJvm::killAtOnce);
    CompletableFuture<?>[] ends =
        ALIVE.stream().map(ChildJvm::exitCode).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Temporary files of children are left to the next worker in this folder", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns its exit code, when it has ended and its temporary files are gone. */
  CompletableFuture<Integer> exitCode() {
    return exitCode.copy();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Returns how it ended: its exit code, and that it had no memory left, which a JVM prints where
   * programs print their results, or the last line of what it complained of.
   */
  String describeEnd(int exitCode) {
    String printed = lastLine(folder.resolve("stdout"));
    String lastWords = printed.startsWith(NO_MEMORY) ? printed : lastLine(folder.resolve("stderr"));
    return "its process ended with exit code "
        + exitCode
        + (lastWords.isEmpty() ? "" : ", saying: " + lastWords)
        + " (log: "
        + folder
        + ")";
  }

  private static String lastLine(Path file) {
    try (var channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - TAIL));
      ByteBuffer bytes = ByteBuffer.allocate(TAIL);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads on.
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
      String line = text.substring(text.lastIndexOf('\n') + 1);
      return line.substring(0, Math.min(line.length(), LONGEST_LAST_WORDS));
    } catch (IOException e) {
      return "";
    }
  }
}
