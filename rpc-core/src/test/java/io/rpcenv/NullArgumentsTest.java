// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rpcenv.internal.files.DefaultFileServer;
import io.rpcenv.internal.files.FileRegistry;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users call refuses null by the argument's name, wherever null is not allowed. */
@Timeout(20)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NullArgumentsTest {

  /** Users implement these, or only get them. */
  private static final Set<Class<?>> NOT_CALLED =
      Set.of(
          RpcCallContext.class,
          RpcConfEntry.class,
          RpcConfOrigin.class,
          RpcEndpoint.class,
          RpcEndpointBuilder.Answer.class,
          RpcEndpointBuilder.Ask.class,
          RpcEndpointBuilder.Send.class,
          RpcEnvListener.class,
          RpcEnvListener.MessageEvent.class,
          RpcEnvProvider.class,
          RpcEnvSettings.class,
          RpcEnvSettings.Listen.class,
          RpcEnvSettings.Messages.class,
          RpcEnvStats.class,
          RpcEnvStats.Endpoint.class,
          RpcEnvStats.Peer.class);

  /** They take null, or are refused whatever they are given. */
  private static final Set<String> NOT_LOOKED_AT =
      Set.of("equals", "completeAsync", "obtrudeException");

  private record Hi() implements RpcRequest<String> {}

  private final RpcThreads threads = RpcThreads.create("nulls-shared");
  private final RpcEnv env = RpcEnv.builder("nulls").build();
  private final RpcEndpointRef ref = env.setupEndpoint("e", new RpcEndpoint() {});
  private final List<Object> samples =
      List.of(
          new Hi(),
          "rpc.askTimeout",
          Duration.ofSeconds(1),
          RpcConf.defaults(),
          RpcConf.builder(),
          RpcConfKeys.ASK_TIMEOUT,
          List.of("rpc.askTimeout"),
          String.class,
          new Class<?>[] {String.class},
          RetryPolicy.attempts(1),
          new RpcEndpoint() {},
          RpcEndpoint.handling(),
          EndpointOptions.serial(),
          EndpointExecutor.SHARED,
          RpcAddress.of("h", 1),
          RpcEndpointAddress.ofClient("e"),
          RpcTimeout.of(Duration.ofSeconds(1)),
          RpcEnv.builder("b"),
          new DefaultFileServer(RpcAddress.of("h", 1), new FileRegistry()),
          ref,
          env,
          threads,
          new RpcEnvListener() {},
          MethodHandles.lookup(),
          NullArgumentsTest.class.getClassLoader(),
          Path.of("none"),
          Map.of(),
          new Properties(),
          Optional.empty(),
          OptionalInt.empty(),
          new Exception(),
          1,
          true,
          new CompletableFuture<>(),
          (RpcEndpointBuilder.Ask<Object>) (message, call) -> {},
          (RpcEndpointBuilder.Answer<Object, Object>) message -> message,
          (RpcEndpointBuilder.Send<Object>) message -> {});

  @AfterAll
  void close() {
    env.close();
    threads.close();
  }

  /** One argument of one call that must not be null. */
  record Argument(Executable call, int index) {

    @Override
    public String toString() {
      return call.toGenericString().replaceAll("java[.a-z]*[.]|public |io[.]rpcenv[.]", "")
          + " #"
          + index;
    }
  }

  private static Stream<Class<?>> types() throws IOException, URISyntaxException {
    Path classes =
        Path.of(RpcEnv.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes.resolve("io/rpcenv"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.equals("package-info")) {
          found.add(load("io.rpcenv." + name));
        }
      }
    }
    return found.stream();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isCalled(Class<?> type) {
    boolean isPublic = Modifier.isPublic(type.getModifiers());
    return isPublic && !Throwable.class.isAssignableFrom(type) && !NOT_CALLED.contains(type);
  }

  static Stream<Argument> arguments() throws Exception {
    return types()
        .filter(NullArgumentsTest::isCalled)
        .flatMap(t -> Stream.concat(Stream.of(t.getConstructors()), methods(t)))
        .flatMap(
            call ->
                IntStream.range(0, call.getParameterCount())
                    .filter(i -> isRequired(call.getParameters()[i]))
                    .mapToObj(i -> new Argument(call, i)));
  }

  private static Stream<Method> methods(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
        .filter(m -> !type.isEnum() && !NOT_LOOKED_AT.contains(m.getName()));
  }

  private static boolean isRequired(Parameter parameter) {
    return !parameter.getType().isPrimitive()
        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private Object sample(Class<?> type) {
    if (RpcFuture.class.isAssignableFrom(type)) {
      return ref.ask("m", String.class);
    }
    Class<?> boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    return samples.stream()
        .filter(boxed::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("a sample of " + type + " is needed here"));
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void isRefusedByItsName(Argument argument) throws Exception {
    Executable call = argument.call();
    Object[] values = Stream.of(call.getParameterTypes()).map(this::sample).toArray();
    values[argument.index()] = null;
    Throwable refusal = catchThrowable(() -> invoke(call, values));
    assertThat(refusal)
        .as("%s", argument)
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches("[a-zA-Z]+: null \\(expected: .+\\)");
  }

  private void invoke(Executable call, Object[] values) throws Throwable {
    try {
      if (call instanceof Constructor<?> constructor) {
        constructor.newInstance(values);
      } else if (call instanceof Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        method.invoke(isStatic ? null : sample(method.getDeclaringClass()), values);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void allOfTheApiIsLookedAt() throws Exception {
    assertThat(arguments().<Object>map(a -> a.call().getDeclaringClass()))
        .contains(
            RpcAddress.class,
            RpcConf.class,
            RpcConf.Builder.class,
            RpcEndpointRef.class,
            RpcEnv.class,
            RpcEnv.Builder.class,
            RpcFuture.class,
            RpcTimeout.class);
  }

  @Test
  void whatIsInsideIsRefusedByItsPlace() {
    Map<String, String> nothing = new HashMap<>();
    nothing.put("my.key", null);
    assertThatThrownBy(() -> RpcConf.builder().map(nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("my.key: null (expected: its value as text, in map)");
    Map<String, String> nameless = new HashMap<>();
    nameless.put(null, "x");
    assertThatThrownBy(() -> RpcConf.builder().map(nameless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key: null (expected: a configuration key)");
    List<String> keys = Arrays.asList("my.key", null);
    assertThatThrownBy(() -> RpcTimeout.of(RpcConf.defaults(), keys, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key: null (expected: a configuration key)");
  }
}
