// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcConf;
import io.rpcenv.RpcEnvSettings;
import io.rpcenv.serialization.EnvId;
import io.rpcenv.serialization.Serializer;
import io.rpcenv.serialization.SerializerProvider;
import io.rpcenv.transport.Transport;
import io.rpcenv.transport.TransportProvider;
import io.rpcenv.transport.TransportSettings;
import io.rpcenv.transport.TransportThreads;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is opened for an env that cannot be made is closed again, or never opened. */
@Timeout(20)
class NetworkTest {

  private final List<String> log = new ArrayList<>();

  private final SerializerProvider serializers =
      settings -> {
        log.add("made");
        return (Serializer)
            Proxy.newProxyInstance(
                Serializer.class.getClassLoader(),
                new Class<?>[] {Serializer.class},
                (proxy, method, arguments) -> {
                  log.add(method.getName());
                  return method.getName().equals("id") ? "java" : null;
                });
      };

  private void open(String host) {
    RpcEnvSettings settings =
        new RpcEnvSettings(
            "me",
            Optional.of(new RpcEnvSettings.Listen(host, 0)),
            Optional.empty(),
            RpcConf.defaults(),
            List.of(),
            NetworkTest.class.getClassLoader(),
            List.of(),
            Optional.empty());
    Network.open(settings, new EnvId(1, 2), new NoTransport(), NO_THREADS, serializers);
  }

  private static final TransportThreads NO_THREADS =
      new TransportThreads() {
        @Override
        public Executor next() {
          throw new UnsupportedOperationException();
        }

        @Override
        public void shutdown() {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean awaitEnd(long nanos) {
          throw new UnsupportedOperationException();
        }
      };

  private static final class NoTransport implements TransportProvider {
    @Override
    public TransportThreads createThreads(String name, RpcConf conf) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Transport create(TransportSettings settings, TransportThreads threads) {
      throw new IllegalStateException("no transport");
    }
  }

  @Test
  void argumentsAreCheckedBeforeAnythingIsMade() {
    assertThatThrownBy(() -> open("0.0.0.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("advertise: 0.0.0.0");
    assertThat(log).isEmpty();
  }

  @Test
  void theSerializerIsClosedIfThereIsNoTransport() {
    assertThatThrownBy(() -> open("localhost")).hasMessage("no transport");
    assertThat(log).containsExactly("made", "id", "close");
  }
}
