// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Documentation and use of the configuration keys. To write {@code docs/configuration.md} anew:
 *
 * <pre>
 * mvn -pl rpc-core test -Dtest=ConfigurationDocTest -Drpcenv.docs.write=true
 * </pre>
 */
@Timeout(30)
class ConfigurationDocTest {

  private static final Path DOC = ConfigurationDoc.root().resolve("docs/configuration.md");

  @Test
  void theDocumentIsWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("rpcenv.docs.write")) {
      Files.createDirectories(DOC.getParent());
      Files.writeString(DOC, ConfigurationDoc.text());
    }
    assertThat(DOC).content().isEqualTo(ConfigurationDoc.text());
  }

  @Test
  void everyKeyIsReadByMainCode() throws IOException {
    String code = mainCode();
    Set<String> unread =
        Arrays.stream(RpcConfKeys.class.getFields())
            .map(Field::getName)
            .filter(name -> !code.matches("(?s).*\\bRpcConfKeys\\." + name + "\\b.*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unread).isEmpty();
  }

  private static String mainCode() throws IOException {
    StringBuilder code = new StringBuilder();
    for (String module : List.of("rpc-core", "rpc-netty")) {
      Path sources = ConfigurationDoc.root().resolve(module + "/src/main");
      if (Files.isDirectory(sources)) {
        javaFiles(sources).forEach(file -> code.append(read(file)));
      }
    }
    return code.toString();
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("RpcConfKeys.java"))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
