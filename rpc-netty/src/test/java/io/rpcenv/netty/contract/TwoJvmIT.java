// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcFuture;
import io.rpcenv.contract.Contract;
import io.rpcenv.contract.Eventually;
import io.rpcenv.contract.Failures;
import io.rpcenv.contract.Msg;
import io.rpcenv.contract.NetRecorder;
import io.rpcenv.contract.Recorder;
import io.rpcenv.contract.Servant;
import io.rpcenv.contract.Wiring;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows that need two processes: RPC-02, RPC-14, RPC-21, RPC-22, RPC-23, RPC-26. Run by {@code
 * mvn -pl rpc-netty -am verify -Dit.test=TwoJvmIT}.
 */
@Timeout(60)
class TwoJvmIT extends Contract {

  private final List<ChildJvm> children = new ArrayList<>();

  @Override
  public Wiring wiring() {
    return new NettyWiring();
  }

  @AfterEach
  void killChildren() throws InterruptedException {
    for (ChildJvm child : children) {
      child.close();
    }
  }

  private ChildJvm child(Object role) throws IOException {
    ChildJvm child = new ChildJvm(role.toString());
    children.add(child);
    return child;
  }

  private String uri(String endpoint) {
    return "rpc://" + endpoint + "@" + server().address().orElseThrow();
  }

  private static List<String> network(Recorder recorder) {
    return recorder.events().stream().filter(e -> e.contains("connected")).toList();
  }

  /** RPC-02, RPC-01 */
  @Test
  void aClientModeProcessAsksAndIsReachedThroughTheRefThatItSent() throws Exception {
    CompletableFuture<RpcEndpointRef> kept = new CompletableFuture<>();
    server().setupEndpoint("e", new Servant());
    server()
        .setupEndpoint(
            "keeper",
            io.rpcenv.RpcEndpoint.handling()
                .onAsk(
                    Msg.GiveBack.class,
                    (message, call) -> {
                      kept.complete(message.ref());
                      call.reply(message.ref());
                    })
                .build());
    ChildJvm child = child("client");
    child.await("READY client");
    child.tell("ask " + uri("e") + " from another process");
    assertThat(child.await("REPLY ")).isEqualTo("from another process");
    child.tell("carry " + uri("e"));
    assertThat(child.await("CARRIED ")).isEqualTo("through a ref");
    child.tell("give " + uri("keeper"));
    assertThat(child.await("GIVEN ")).isEqualTo("true");
    RpcEndpointRef ref = Failures.reply(kept);
    assertThat(ref.address()).isEmpty();
    assertThat(ref.askSync(new Msg.Count(42))).isEqualTo(42);
    ref.send(new Msg.Tick(7));
    child.await("GOT Tick[n=7]");
  }

  /** RPC-14: a killed server process, seen from a server and from a client. */
  @Test
  void aKilledServerIsOneDisconnect() throws Exception {
    NetRecorder atServer = new NetRecorder();
    NetRecorder atClient = new NetRecorder();
    server().setupEndpoint("e", atServer);
    client().setupEndpoint("c", atClient);
    ChildJvm child = child(0);
    RpcAddress address = RpcAddress.parse(child.await("READY "));
    RpcEndpointRef ref = client().setupEndpointRef(address, "child");
    child.tell("ask " + uri("e") + " hello");
    child.await("REPLY hello");
    RpcFuture<String> pending = ref.ask(new Msg.Never());
    assertThat(ref.askSync(new Msg.Count(1))).isEqualTo(1);
    String up = "connected " + address;
    Eventually.awaitEqual(List.of(up), () -> network(atServer));
    Eventually.awaitEqual(List.of(up), () -> network(atClient));
    child.kill();
    Eventually.awaitEqual(List.of(up, "dis" + up), () -> network(atServer));
    Eventually.awaitEqual(List.of(up, "dis" + up), () -> network(atClient));
    Failures.row(Failures.of(pending, RpcConnectionException.class), true, true);
  }

  /** RPC-14: a killed client process, seen from a server; and the calls that it left behind. */
  @Test
  void aKilledClientIsOneDisconnect() throws Exception {
    NetRecorder atServer = new NetRecorder();
    server().setupEndpoint("e", atServer);
    ChildJvm child = child("client");
    child.tell("pend " + uri("e"));
    child.await("PENDING");
    atServer.awaitKept(1);
    assertThat(network(atServer)).hasSize(1);
    String up = network(atServer).get(0);
    child.kill();
    Eventually.awaitEqual(List.of(up, "dis" + up), () -> network(atServer));
    Eventually.await("call is cancelled", atServer.kept().get(0)::isCancelled);
  }

  /** RPC-21: pending asks end, threads are gone, and so the process ends by itself. */
  @Test
  void aProcessThatClosesItsEnvEndsByItself() throws Exception {
    NetRecorder atServer = new NetRecorder();
    server().setupEndpoint("e", atServer);
    ChildJvm child = child(0);
    String address = child.await("READY ");
    child.tell("pend " + uri("e"));
    child.await("PENDING");
    atServer.awaitKept(1);
    child.tell("close");
    assertThat(child.await("ENDED ")).isEqualTo("RpcEnvStoppedException");
    child.await("STOPPED");
    assertThat(child.await("CLOSED with threads ")).isEqualTo("[]");
    assertThat(child.awaitExit()).isZero();
    assertThat(child.said("DISCONNECTED")).isEmpty();
    assertThat(child.said("CONNECTED")).hasSize(1);
    Eventually.awaitEqual(
        List.of("connected " + address, "disconnected " + address), () -> network(atServer));
  }

  /** RPC-26: a file of another process, and that process killed while one is read. */
  @Test
  void aKilledServerIsAnExceptionAtTheReaderOfItsFile(@TempDir Path temp) throws Exception {
    Path file = temp.resolve("served");
    long size = 1L << 30; // more than all buffers on the way hold
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    ChildJvm child = child(0);
    child.await("READY ");
    child.tell("serve " + file);
    String uri = child.await("SERVING ");
    ByteBuffer target = ByteBuffer.allocateDirect(1 << 20);
    try (ReadableByteChannel whole = client().openChannel(uri)) {
      assertThat(readUpTo(size, whole, target)).isEqualTo(size);
      assertThat(whole.read(target.clear())).isEqualTo(-1);
    }
    try (ReadableByteChannel cut = client().openChannel(uri)) {
      assertThat(readUpTo(1, cut, target)).isPositive();
      child.kill();
      assertThatThrownBy(() -> readUpTo(size, cut, target))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("broke off: the connection was lost, after [");
    }
  }

  /** Reads so much at least, unless the end comes before; returns how much. */
  private static long readUpTo(long size, ReadableByteChannel from, ByteBuffer target)
      throws IOException {
    long count = 0;
    while (count < size && from.read(target.clear()) >= 0) {
      count += target.position();
    }
    return count;
  }

  /** RPC-22: messages to a process that comes up later go out in order. */
  @Test
  void messagesWaitForAProcessThatComesUpLater() throws Exception {
    lab.clientConf("rpc.numRetries", "1000").clientConf("rpc.retry.wait", "50ms");
    RpcEnv before = lab.env("before").listen(0).open();
    RpcAddress address = before.address().orElseThrow();
    before.setupEndpoint("child", new Servant());
    RpcEndpointRef ref = client().setupEndpointRef(address, "child");
    before.close();
    Eventually.await(
        "noticed", () -> client().stats().peers().stream().noneMatch(p -> p.connected()));
    for (int i = 0; i < 20; i++) {
      ref.send(new Msg.Tick(i));
    }
    RpcFuture<Integer> ask = ref.ask(new Msg.Count(20));
    ChildJvm child = child(address.port());
    assertThat(Failures.reply(ask)).isEqualTo(20);
    child.await("GOT Tick[n=19]");
    assertThat(child.said("GOT ")).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(child.said("GOT ").get(i)).isEqualTo("GOT Tick[n=" + i + "]");
    }
  }

  /** RPC-23: a process that was killed and started again is reached again. */
  @Test
  void aProcessThatRestartsIsReachedAgain() throws Exception {
    lab.clientConf("rpc.numRetries", "100").clientConf("rpc.retry.wait", "50ms");
    ChildJvm first = child(0);
    RpcAddress address = RpcAddress.parse(first.await("READY "));
    RpcEndpointRef ref = client().setupEndpointRef(address, "child");
    assertThat(ref.askSync(new Msg.Echo("first"))).isEqualTo("first");
    for (int round = 0; round < 2; round++) {
      children.get(round).kill();
      child(address.port()).await("READY ");
      assertThat(askUntilReached(ref)).isEqualTo("again");
    }
  }

  /** The first ask may still meet the dead connection; that is said, and may be tried again. */
  private static String askUntilReached(RpcEndpointRef ref) {
    try {
      return ref.askSync(new Msg.Echo("again"));
    } catch (RpcConnectionException e) {
      assertThat(e.retriable()).isTrue();
      return ref.askSync(new Msg.Echo("again"));
    }
  }
}
