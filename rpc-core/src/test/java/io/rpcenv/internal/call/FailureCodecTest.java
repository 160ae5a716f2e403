// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAbortedException;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpointNotFoundException;
import io.rpcenv.RpcEndpointStoppedException;
import io.rpcenv.RpcEnvStoppedException;
import io.rpcenv.RpcException;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.RpcSerializationException;
import io.rpcenv.RpcSide;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures cross as data and come out as what they were. */
@Timeout(20)
class FailureCodecTest {

  private static final ThrowableRebuilder NOTHING =
      new ThrowableRebuilder(name -> false, FailureCodecTest.class.getClassLoader());
  private static final String URI = "rpc://e@peer:1";

  private static RpcException cross(RpcException failure) {
    return FailureCodec.decode(FailureCodec.encode(failure), "peer:1", NOTHING);
  }

  @Test
  void anUnknownEndpointIsNamed() {
    RpcException there = cross(new RpcEndpointNotFoundException(URI));
    assertThat(there)
        .isInstanceOf(RpcEndpointNotFoundException.class)
        .hasMessage("Cannot find endpoint: " + URI);
    assertThat(((RpcEndpointNotFoundException) there).uri()).isEqualTo(URI);
  }

  @Test
  void anOverloadSaysWhatIsFull() {
    assertThat(cross(new RpcOverloadedException("full")))
        .isInstanceOf(RpcOverloadedException.class)
        .hasMessage("full");
  }

  @Test
  void tooLargeTellsSizesAndTurnsTheSideAround() {
    for (RpcSide side : RpcSide.values()) {
      for (RpcDirection direction : RpcDirection.values()) {
        RpcMessageTooLargeException there =
            (RpcMessageTooLargeException)
                cross(new RpcMessageTooLargeException(5_000_000_000L, 7, "key", side, direction));
        assertThat(there.size()).isEqualTo(5_000_000_000L);
        assertThat(there.limit()).isEqualTo(7);
        assertThat(there.key()).isEqualTo("key");
        assertThat(there.side()).isNotEqualTo(side);
        assertThat(there.direction()).isEqualTo(direction);
      }
    }
  }

  @Test
  void aSerializationFailureTellsTypeAndPath() {
    for (RpcDirection direction : RpcDirection.values()) {
      RpcSerializationException there =
          (RpcSerializationException)
              cross(new RpcSerializationException("m", "T", "a.b", direction, new Exception("x")));
      assertThat(there).hasMessage("m").hasNoCause();
      assertThat(there.typeName()).isEqualTo("T");
      assertThat(there.path()).isEqualTo("a.b");
      assertThat(there.direction()).isEqualTo(direction);
    }
  }

  @Test
  void anyOtherFailureOfOursCrossesAsWhatAHandlerThrew() {
    RpcException there = cross(new RpcAbortedException(new Exception("x"), true));
    assertThat(there).isInstanceOf(RpcRemoteException.class);
    assertThat(((RpcRemoteException) there).remoteClassName())
        .isEqualTo(RpcAbortedException.class.getName());
    assertThat(there.getCause()).hasMessage("java.lang.Exception: x");
  }

  @Test
  void aStoppedEndpointMayHaveACause() {
    RpcException plain = cross(new RpcEndpointStoppedException(URI));
    assertThat(plain).isInstanceOf(RpcEndpointStoppedException.class).hasNoCause();
    RpcException there = cross(new RpcEndpointStoppedException(URI, new Exception("no start")));
    assertThat(there.getCause())
        .isInstanceOf(RpcRemoteException.class)
        .hasMessage("java.lang.Exception: no start");
  }

  /** The text of a failure must not grow on its way. */
  @Test
  void aStoppedEndpointOrEnvIsNamedAsAtItsHome() {
    RpcException endpoint = new RpcEndpointStoppedException(URI);
    assertThat(cross(endpoint)).hasMessage(endpoint.getMessage());
    RpcException env = new RpcEnvStoppedException("server", false);
    assertThat(cross(env)).isInstanceOf(RpcEnvStoppedException.class).hasMessage(env.getMessage());
  }

  // Bounds

  @Test
  void hugeTextsAreCut() {
    String huge = "\u20ac".repeat(200_000);
    for (RpcException failure :
        new RpcException[] {
          new RpcEndpointNotFoundException(huge),
          new RpcEndpointStoppedException(huge, new Exception(huge, deep(40, huge))),
          new RpcOverloadedException(huge),
          new RpcMessageTooLargeException(1, 2, huge, RpcSide.LOCAL, RpcDirection.REPLY),
          new RpcSerializationException(huge, huge, huge, RpcDirection.REPLY, null),
          new RpcEnvStoppedException(huge, false),
        }) {
      byte[] bytes = FailureCodec.encode(failure);
      assertThat(bytes.length).isLessThanOrEqualTo(FailureCodec.MAX_BYTES);
      RpcException there = FailureCodec.decode(bytes, "peer:1", NOTHING);
      assertThat(there).hasSameClassAs(failure);
      assertThat(there.getMessage()).contains("\u20ac".repeat(512));
    }
    RpcException worst = new RpcEndpointStoppedException(huge, deep(40, huge));
    assertThat(FailureCodec.encode(worst).length).isBetween(40_000, FailureCodec.MAX_BYTES);
    assertThat(cross(new RpcOverloadedException("a".repeat(4096)))).hasMessage("a".repeat(4096));
    assertThat(cross(new RpcOverloadedException("a".repeat(4097))))
        .hasMessage("a".repeat(4096) + "\u2026");
  }

  private static Exception deep(int n, String message) {
    Exception inner = null;
    for (int i = 0; i < n; i++) {
      inner = new Exception(message, inner);
      StackTraceElement frame = new StackTraceElement(message, message, message, i);
      StackTraceElement[] stack = new StackTraceElement[100];
      Arrays.fill(stack, frame);
      inner.setStackTrace(stack);
    }
    return inner;
  }

  // Garbage

  @Test
  void garbageIsAConnectionFailureThatNamesThePeer() {
    Random random = new Random(3);
    for (int i = 0; i < 4000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = (byte) (1 + random.nextInt(8));
      }
      assertThat(FailureCodec.decode(bytes, "peer:1", NOTHING)).isNotNull();
    }
    RpcException empty = FailureCodec.decode(new byte[0], "peer:1", NOTHING);
    assertThat(empty)
        .isInstanceOf(RpcConnectionException.class)
        .hasMessage("a failure from [peer:1] is unreadable");
    assertThat(empty.mayHaveExecuted()).isTrue();
    assertThat(FailureCodec.decode(new byte[] {99}, "peer:1", NOTHING))
        .hasRootCauseMessage("kind: 99 (expected: 1 to 7)");
    assertThat(FailureCodec.decode(new byte[] {1, 0}, "peer:1", NOTHING))
        .hasRootCauseMessage("causes: 0 (expected: 1 to 17)");
    assertThat(FailureCodec.decode(new byte[] {1, 18}, "peer:1", NOTHING))
        .hasRootCauseMessage("causes: 18 (expected: 1 to 17)");
  }

  @Test
  void aTruncatedFailureIsUnreadable() {
    byte[] bytes = FailureCodec.encodeHandlerFailure(new Exception("boom"));
    for (int n = 0; n < bytes.length; n++) {
      assertThat(FailureCodec.decode(Arrays.copyOf(bytes, n), "peer:1", NOTHING))
          .isInstanceOf(RpcConnectionException.class);
    }
  }

  // What a local asker gets

  @ParameterizedTest
  @CsvSource({
    "NO_SUCH_ENDPOINT, RpcEndpointNotFoundException",
    "ENDPOINT_STOPPED, RpcEndpointStoppedException",
    "INBOX_FULL, RpcOverloadedException",
    "INBOUND_FULL, RpcOverloadedException",
    "NOT_DECODABLE, RpcSerializationException",
    "TOO_LARGE, RpcSerializationException",
    "NOT_CONNECTED, RpcConnectionException",
    "ENV_STOPPED, RpcEnvStoppedException"
  })
  void eachReasonHasItsFailure(DropReason reason, String type) {
    RpcException failure = Rejections.of(URI, reason, null);
    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure.getMessage()).contains(URI);
    assertThat(failure.mayHaveExecuted()).isFalse();
  }

  @Test
  void aRejectionKeepsItsCause() {
    RpcException cause = new RpcOverloadedException("x");
    assertThat(Rejections.of(URI, DropReason.NOT_DECODABLE, cause)).isSameAs(cause);
    Exception other = new Exception("y");
    assertThat(Rejections.of(URI, DropReason.NOT_DECODABLE, other)).hasCause(other);
    assertThat(Rejections.of(URI, DropReason.ENDPOINT_STOPPED, other)).hasCause(other);
    assertThat(Rejections.of(URI, DropReason.NOT_CONNECTED, other)).hasCause(other);
    RpcRemoteException handler = Rejections.ofHandler(other);
    assertThat(handler).hasCause(other);
    assertThat(handler.remoteClassName()).isEqualTo("java.lang.Exception");
    assertThat(handler.remoteMessage()).isEqualTo("y");
    assertThat(handler.remoteStack()).containsExactly(other.getStackTrace());
  }
}
