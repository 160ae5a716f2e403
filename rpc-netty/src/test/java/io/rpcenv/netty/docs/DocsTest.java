// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.RpcConfKey;
import io.rpcenv.RpcConfKeys;
import io.rpcenv.RpcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The documents are whole: links lead somewhere, and tables that promise every one of something
 * have every one.
 */
@Timeout(60)
final class DocsTest {

  private static final Pattern LINK =
      Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern BLOCK = Pattern.compile("(?s)```.*?```");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : DocFiles.all()) {
      Matcher link = LINK.matcher(CODE.matcher(Files.readString(file)).replaceAll(""));
      while (link.find()) {
        if (!leadsSomewhere(file, link.group(1), link.group(2))) {
          broken.add(file.getFileName() + " -> " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path from, String path, String anchor) throws IOException {
    Path to = path.isEmpty() ? from : from.resolveSibling(path);
    return Files.exists(to) && (anchor == null || anchors(to).anyMatch(anchor::equals));
  }

  private static Stream<String> anchors(Path file) throws IOException {
    return HEADING
        .matcher(BLOCK.matcher(Files.readString(file)).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
  }

  @Test
  void failuresNamesEachExceptionAndEachReason() throws IOException {
    String text = Files.readString(DocFiles.root().resolve("docs/failures.md"));
    assertThat(Stream.of(RpcException.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .allMatch(name -> text.contains("`" + name + "`"));
    assertThat(DropReason.values()).allMatch(reason -> text.contains("`" + reason + "`"));
  }

  @Test
  void comingFromSparkHasEachRowAndEachSharedKey() throws IOException {
    String text = Files.readString(DocFiles.root().resolve("docs/coming-from-spark.md"));
    assertThat(IntStream.rangeClosed(1, 30).mapToObj("| RPC-%02d |"::formatted))
        .allMatch(text::contains);
    assertThat(RpcConfKeys.all().stream().map(RpcConfKey::alias).flatMap(Optional::stream))
        .isNotEmpty()
        .allMatch(alias -> text.contains("`" + alias + "`"));
  }
}
