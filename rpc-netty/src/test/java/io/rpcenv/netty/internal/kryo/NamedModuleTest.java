// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.serialization.MessageTypes;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerSettings;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Private records of a named module work with its lookup, and say so without it. */
@Timeout(60)
class NamedModuleTest {

  private static final String SOURCE =
      """
      package acme;
      public final class Messages {
        private record Outer(int number, Inner inner) {}
        private record Inner(String text) {}
        public static Class<?> type() { return Outer.class; }
        public static Object make() { return new Outer(1, new Inner("x")); }
        public static java.lang.invoke.MethodHandles.Lookup lookup() {
          return java.lang.invoke.MethodHandles.lookup();
        }
      }
      """;

  @TempDir Path directory;
  private Class<?> messages;

  @BeforeEach
  void compileModule() throws IOException, ClassNotFoundException {
    Path info =
        Files.writeString(directory.resolve("module-info.java"), "module acme { exports acme; }");
    Path source = Files.writeString(directory.resolve("Messages.java"), SOURCE);
    Path home = Files.createDirectory(directory.resolve("acme"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                home.toString(),
                info.toString(),
                source.toString());
    assertThat(result).isZero();
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(home), ModuleFinder.of(), Set.of("acme"));
    messages =
        boot.defineModulesWithOneLoader(configuration, getClass().getClassLoader())
            .findLoader("acme")
            .loadClass("acme.Messages");
  }

  private Serializer serializer(Optional<MethodHandles.Lookup> lookup) throws Exception {
    Class<?> type = (Class<?>) messages.getMethod("type").invoke(null);
    MessageTypes types =
        MessageTypes.of(List.of(new RpcEnvSettings.Messages(lookup, List.of(type))), List.of());
    return new KryoSerializerProvider()
        .create(new SerializerSettings(RpcConf.defaults(), types, messages.getClassLoader()));
  }

  @Test
  void privateRecordsWorkWithTheLookup() throws Exception {
    Object message = messages.getMethod("make").invoke(null);
    MethodHandles.Lookup lookup = (MethodHandles.Lookup) messages.getMethod("lookup").invoke(null);
    Serializer serializer = serializer(Optional.of(lookup));

    assertThat(messages.getModule().isNamed()).isTrue();
    assertThat(SerializerFixture.roundTrip(serializer, serializer, message)).isEqualTo(message);
  }

  @Test
  void withoutTheLookupTheErrorSaysWhatToDo() throws Exception {
    Object message = messages.getMethod("make").invoke(null);
    Serializer serializer = serializer(Optional.empty());

    assertThatThrownBy(() -> SerializerFixture.encode(serializer, message))
        .isInstanceOf(RpcSerializationException.class)
        .hasMessageContaining("acme.Messages$Outer")
        .hasMessageContaining("MethodHandles.lookup()");
  }
}
