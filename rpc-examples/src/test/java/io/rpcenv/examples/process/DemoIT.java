// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/rpcenv demo} from beginning to end, and what is left of it: nothing. */
@Timeout(180)
@Tag("slow")
class DemoIT {

  private static final String PIPELINE =
      "LC_ALL=C tr -cs 'A-Za-z' '\\n' <\"$0\" | tr A-Z a-z | grep . | LC_ALL=C sort | uniq -c";

  @TempDir Path folder;
  private Launcher launcher;

  @BeforeEach
  void prepare() {
    launcher = new Launcher(folder);
  }

  @AfterEach
  void close() {
    launcher.close();
  }

  @Test
  void runsEachJobThoughAWorkerIsKilledAndStaysUntilItIsInterrupted() throws Exception {
    Path file = folder.resolve("some file with blanks in its name");
    Files.write(file, new byte[] {'A', 'b', (byte) 0xE4, 'c', '\n', '\n', 'a', 'B', 0, 'z'});

    Launcher.Running demo = launcher.start("demo", "--keep", "--file", file.toString());
    demo.awaitLine("The cluster goes on until Ctrl-C");
    demo.awaitLine("and takes more jobs");

    assertThat(demo.output())
        .contains("sum(1..100) = 5050")
        .containsPattern("partition [01] on worker-1")
        .containsPattern("partition [01] on worker-2")
        .containsPattern("index\\(3 file\\(s\\)\\) = \\d+ different words")
        .contains("is killed (kill -9), and worker-3 takes its place")
        .contains("worker-2 is lost")
        .contains("worker-3 is ready")
        .contains("pi(1000000000) = 3.1416")
        .contains("batch 3: ");
    assertThat(counts(demo))
        .isEqualTo(pipeline(file))
        .containsExactly("      2 ab", "      1 c", "      1 z");
    assertThat(statusOfPage(demo)).isEqualTo(200);

    demo.signal("INT");

    assertThat(demo.exitCode()).isEqualTo(130);
    launcher.assertNothingLeft();
  }

  private static int statusOfPage(Launcher.Running demo) throws Exception {
    Matcher page = Pattern.compile("its page at (http\\S+)#").matcher(demo.output());
    assertThat(page.find()).isTrue();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(page.group(1))).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130, is running", "TERM, 143, Starting a master"})
  void aSignalStopsEverything(String signal, int exitCode, String when) throws Exception {
    Launcher.Running demo = launcher.start("demo");
    demo.awaitLine(when);

    demo.signal(signal);

    assertThat(demo.exitCode()).as("%s", demo.output()).isEqualTo(exitCode);
    launcher.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Starting a master", "is running"})
  void evenIfItIsKilledNothingIsLeft(String when) throws Exception {
    Launcher.Running demo = launcher.start("demo");
    demo.awaitLine(when);

    demo.signal("KILL");

    demo.exitCode();
    launcher.assertNothingLeft();
  }

  @Test
  void aMissingFileIsAnError() throws Exception {
    Launcher.Running demo = launcher.start("demo", "--file", "/no/such/file");

    assertThat(demo.exitCode()).isEqualTo(2);
    assertThat(demo.output())
        .isEqualTo("error: --file: /no/such/file (expected: a file that can be read)");
  }

  private static List<String> counts(Launcher.Running demo) throws IOException {
    Matcher matcher = Pattern.compile("All counts are in (.*)").matcher(demo.output());
    assertThat(matcher.find()).isTrue();
    return Files.readAllLines(Path.of(matcher.group(1)));
  }

  private static List<String> pipeline(Path file) throws IOException {
    Process process = new ProcessBuilder("bash", "-c", PIPELINE, file.toString()).start();
    try (var reader = process.inputReader()) {
      return reader.lines().toList();
    }
  }
}
