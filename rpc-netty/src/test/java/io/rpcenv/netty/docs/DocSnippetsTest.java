// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java code of README.md and docs compiles, and what is marked to be run does. How a block is
 * marked: {@link Snippet}.
 *
 * <p>{@code mvn -pl rpc-netty -am test -Dtest=DocSnippetsTest}
 */
@Timeout(60)
final class DocSnippetsTest {

  @TempDir Path classes;

  static List<Snippet> snippets() throws IOException {
    return DocFiles.all().stream().flatMap(file -> Snippet.in(file).stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void eachSnippetCompilesAndRuns(Snippet snippet) throws Exception {
    SnippetRunner runner = new SnippetRunner(classes);
    assertThat(runner.compile(snippet)).as(snippet.place()).isEmpty();
    if (snippet.run()) {
      runner.run(snippet);
    }
  }

  @Test
  void theReadmeShowsCodeThatIsRun() throws IOException {
    assertThat(Snippet.in(DocFiles.root().resolve("README.md"))).anyMatch(Snippet::run);
  }

  @Test
  void aBrokenSnippetIsNoticed() {
    SnippetRunner runner = new SnippetRunner(classes);
    assertThat(runner.compile(only("```java\nRpcEnv.builder(7);\n```"))).contains("builder");
    assertThat(runner.compile(only("```java\nList raw = List.of();\n```"))).contains("raw");
  }

  @Test
  void aSnippetThatFailsIsNoticed() {
    SnippetRunner runner = new SnippetRunner(classes);
    Snippet failing =
        only(
            "<!-- run -->\n<!-- given\nint i = 0;\n-->\n```java\nRpcAddress.of(\"host\", i);\n```");
    assertThat(failing.run()).isTrue();
    assertThat(runner.compile(failing)).isEmpty();
    assertThatThrownBy(() -> runner.run(failing))
        .hasRootCauseMessage("port: 0 (expected: 1..65535)");
  }

  private static Snippet only(String text) {
    List<Snippet> found = Snippet.in("text", text);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
