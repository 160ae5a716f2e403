// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.serialization.PeerClasses;
import io.rpcenv.serialization.Serializer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two versions of a class are never misread (KRYO_1068): the message works, or fails by name. */
@Timeout(120)
class ShapeTest {

  private static final String RECORD = "public record Msg(int a, String b) {}";

  @TempDir Path directory;

  /** Compiles a version of class Msg and returns a loader of its own for it. */
  private URLClassLoader version(String name, String source) throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    Path file = Files.writeString(home.resolve("Msg.java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", home.toString(), file.toString());
    assertThat(result).isZero();
    return new URLClassLoader(new URL[] {home.toUri().toURL()}, null);
  }

  private static Serializer serializer(ClassLoader loader) throws ClassNotFoundException {
    return SerializerFixture.serializer(loader, List.of(), loader.loadClass("Msg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          added     | public record Msg(int a, String b, int c) {}
          removed   | public record Msg(int a) {}
          retyped   | public record Msg(long a, String b) {}
          boxed     | public record Msg(Integer a, String b) {}
          reordered | public record Msg(String b, int a) {}
          renamed   | public record Msg(int x, String b) {}
          a class   | public class Msg { int a; String b; }
          """)
  void anotherShapeFailsByName(String name, String source) throws Exception {
    try (URLClassLoader here = version("here", RECORD);
        URLClassLoader there = version("there", source)) {
      Serializer sender = serializer(here);
      Serializer receiver = serializer(there);
      EncodedMessage encoded = SerializerFixture.encode(sender, make(here));
      PeerClasses classes = SerializerFixture.announce(sender, receiver, encoded);

      assertThatThrownBy(() -> receiver.decode(encoded.body(), classes, SerializerFixture.NO_REFS))
          .as(name)
          .isInstanceOf(RpcSerializationException.class)
          .hasMessageContaining("class Msg looks different on the two sides (fields here: ");
      assertThatThrownBy(() -> classes.check(encoded.messageClass()))
          .isInstanceOf(RpcSerializationException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          methods      | public record Msg(int a, String b) { int twice() { return 2 * a; } }
          interface    | public record Msg(int a, String b) implements Comparable<Msg> { \
          public int compareTo(Msg m) { return 0; } }
          """)
  void whatIsNotWrittenDoesNotMatter(String name, String source) throws Exception {
    try (URLClassLoader here = version("here", RECORD);
        URLClassLoader there = version("there", source)) {
      assertThat(SerializerFixture.roundTrip(serializer(here), serializer(there), make(here)))
          .as(name)
          .hasToString("Msg[a=1, b=x]");
    }
  }

  @Test
  void ordinaryClassesDoNotMindTheOrderOfTheirFields() throws Exception {
    String end = " public String toString() { return a + b; } }";
    try (URLClassLoader here =
            version("h", "public class Msg { int a = 1; String b = \"x\";" + end);
        URLClassLoader there = version("t", "public class Msg { String b; int a;" + end)) {
      Object message = here.loadClass("Msg").getConstructor().newInstance();

      assertThat(SerializerFixture.roundTrip(serializer(here), serializer(there), message))
          .hasToString("1x");
    }
  }

  @ParameterizedTest
  @CsvSource({"'B, A'", "'A, B, C'", "A"})
  void enumsOfOtherConstantsFailByName(String constants) throws Exception {
    try (URLClassLoader here = version("here", "public enum Msg { A, B }");
        URLClassLoader there = version("there", "public enum Msg { " + constants + " }")) {
      Object message = here.loadClass("Msg").getEnumConstants()[0];

      assertThatThrownBy(
              () -> SerializerFixture.roundTrip(serializer(here), serializer(there), message))
          .hasMessageContaining("constants here: " + constants);
    }
  }

  private static Object make(ClassLoader loader) throws ReflectiveOperationException {
    return loader.loadClass("Msg").getConstructor(int.class, String.class).newInstance(1, "x");
  }
}
