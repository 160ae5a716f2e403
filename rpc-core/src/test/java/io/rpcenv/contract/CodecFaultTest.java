// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcSerializationException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise 6: whatever the code of a message class throws, the asker gets a failure at once. */
@Timeout(60)
class CodecFaultTest extends Contract {

  /** A message whose own serialization code fails. */
  static final class Trap implements Serializable {

    @Serial private static final long serialVersionUID = 1L;

    private final String when;
    private final String what;

    @SuppressWarnings("UnusedVariable") // its size is what counts
    private final byte[] padding;

    Trap(String when, String what, int size) {
      this.when = when;
      this.what = what;
      this.padding = new byte[size];
      Arrays.fill(padding, (byte) 7);
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      snap("write");
      out.defaultWriteObject();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      snap("read");
    }

    private void snap(String now) {
      if (when.equals(now)) {
        switch (what) {
          case "runtime" -> throw new IllegalStateException("trap");
          case "error" -> throw new AssertionError("trap");
          default -> throw new StackOverflowError("trap");
        }
      }
    }
  }

  @Override
  public Wiring wiring() {
    return new InMemoryWiring();
  }

  private RpcEndpointRef connect(Recorder recorder) {
    RpcEnv server = lab.env("server").messages(Trap.class).listen(0).open();
    RpcEnv client = lab.env("client").messages(Trap.class).open();
    server.setupEndpoint("e", recorder);
    return Lab.find(client, server, "e");
  }

  private static Recorder replying(Trap trap) {
    return new Recorder() {
      @Override
      public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
        if (message instanceof Msg.Never) {
          call.reply(trap);
        } else {
          super.receiveAndReply(message, call);
        }
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "write, runtime, 1",
    "write, error, 1",
    "write, fatal, 1",
    "read, runtime, 1",
    "read, error, 1",
    "read, fatal, 1",
    "read, runtime, 100000",
    "read, error, 100000",
    "read, fatal, 100000"
  })
  void aReplyThatFailsInTheCodecFailsItsAsk(String when, String what, int size) throws Exception {
    RpcEndpointRef ref = connect(replying(new Trap(when, what, size)));
    RpcSerializationException failure =
        Failures.of(ref.ask(new Msg.Never(), Object.class), RpcSerializationException.class);
    Failures.row(failure, false, true);
    assertThat(failure.direction()).isEqualTo(RpcDirection.REPLY);
    assertThat(failure).hasMessageContaining("trap");
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  @ParameterizedTest
  @CsvSource({"write, runtime", "read, runtime", "read, error", "read, fatal"})
  void aRequestThatFailsInTheCodecFailsItself(String when, String what) throws Exception {
    RpcEndpointRef ref = connect(new Recorder());
    RpcSerializationException failure =
        Failures.of(
            ref.ask(new Trap(when, what, 1), Object.class), RpcSerializationException.class);
    Failures.row(failure, false, false);
    assertThat(failure.direction()).isEqualTo(RpcDirection.REQUEST);
    assertThat(ref.askSync(new Msg.Echo("alive"))).isEqualTo("alive");
  }

  /** A failure of the reply does not reach a handler that has nothing to do with it. */
  @Test
  void aReplyThatCannotBeEncodedIsAnAnswer() throws Exception {
    Recorder recorder = replying(new Trap("write", "runtime", 1));
    RpcEndpointRef ref = connect(recorder);
    Failures.of(ref.ask(new Msg.Never(), Object.class), RpcSerializationException.class);
    ref.askSync(new Msg.Echo("alive"));
    assertThat(recorder.errors()).isEmpty();
  }
}
