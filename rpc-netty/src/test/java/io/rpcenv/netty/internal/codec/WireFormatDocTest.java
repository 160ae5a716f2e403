// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.serialization.MessageClass;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds {@code docs/wire-format.md}, the constants, and the bytes that are written together. */
@Timeout(60)
class WireFormatDocTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z_0-9]+)` \\| (0x[0-9A-F]+|\\d+) \\|");

  @Test
  void documentAndConstantsAgree() throws Exception {
    Map<String, Integer> documented = new LinkedHashMap<>();
    for (String line : document()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.put(row.group(1), Long.decode(row.group(2)).intValue());
      }
    }
    Map<String, Integer> constants = new LinkedHashMap<>();
    for (Field field : WireFormat.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        constants.put(field.getName(), field.getInt(null));
      }
    }
    assertThat(documented).containsExactlyEntriesOf(constants);
  }

  @Test
  void classIdsAreThoseOfTheSerializers() {
    assertThat(WireFormat.FIRST_CLASS_ID).isEqualTo(MessageClass.FIRST_ID);
    assertThat(WireFormat.MAX_CLASSES).isEqualTo(MessageClass.MAX_CLASSES);
  }

  @Test
  void framesAreTheGoldenBytes() throws Exception {
    Map<String, String> written = new LinkedHashMap<>(Frames.handshake());
    written.putAll(Frames.connection());
    written.putAll(Frames.stream());
    assertThat(written).containsExactlyEntriesOf(golden());
  }

  @Test
  void documentShowsTheGoldenBytes() throws Exception {
    Map<String, String> shown = new LinkedHashMap<>();
    boolean inBytes = false;
    for (String line : document()) {
      inBytes |= line.equals("## Bytes");
      Matcher row = Pattern.compile("\\| (.+) \\| `([0-9a-f]+)` \\|").matcher(line);
      if (inBytes && row.matches()) {
        shown.put(row.group(1), row.group(2));
      }
    }
    assertThat(shown).containsExactlyEntriesOf(golden());
  }

  /** Returns {@code golden-frames.txt}: name, colon, hex. */
  static Map<String, String> golden() throws IOException {
    Map<String, String> golden = new LinkedHashMap<>();
    try (var in = WireFormatDocTest.class.getResourceAsStream("/golden-frames.txt")) {
      assertThat(in).isNotNull();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                int colon = line.indexOf(": ");
                golden.put(line.substring(0, colon), line.substring(colon + 2));
              });
    }
    return golden;
  }

  private static List<String> document() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "wire-format.md"), StandardCharsets.UTF_8);
  }
}
