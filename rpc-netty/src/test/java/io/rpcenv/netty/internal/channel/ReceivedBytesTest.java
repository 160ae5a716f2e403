// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RPC-26: the bytes between the loop and the reader of a file. */
@Timeout(30)
class ReceivedBytesTest {

  private static final int KIB = 1024;

  private final ReceivedBytes bytes = new ReceivedBytes();
  private final List<ByteBuf> given = new ArrayList<>();
  private int readOns;

  private void add(int size, int weight) {
    ByteBuf buffer = Unpooled.wrappedBuffer(new byte[size]);
    given.add(buffer);
    bytes.add(buffer, weight);
  }

  private int poll(int room) throws IOException {
    return bytes.poll(ByteBuffer.allocate(room), () -> readOns++);
  }

  private List<Integer> references() {
    return given.stream().map(ByteBuf::refCnt).toList();
  }

  @Test
  void bytesAreTakenInOrderAcrossBuffers() throws IOException {
    bytes.add(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}), 3);
    bytes.add(Unpooled.wrappedBuffer(new byte[] {4, 5}), 2);
    ByteBuffer target = ByteBuffer.allocate(4);
    assertThat(bytes.poll(target, () -> {})).isEqualTo(4);
    assertThat(target.array()).containsExactly(1, 2, 3, 4);
    bytes.complete();
    assertThat(bytes.poll(target.clear(), () -> {})).isEqualTo(1);
    assertThat(target.get(0)).isEqualTo((byte) 5);
    assertThat(bytes.poll(target.clear(), () -> {})).isEqualTo(-1);
    assertThat(bytes.poll(target.clear(), () -> {})).isEqualTo(-1);
  }

  @Test
  void readingStopsAtTheHighMarkAndGoesOnAtTheLowOne() throws IOException {
    add(10, 1024 * KIB - 1);
    assertThat(bytes.wantsMore()).isTrue();
    add(10, 1);
    assertThat(bytes.wantsMore()).isFalse();
    add(10, 512 * KIB + 1);
    assertThat(poll(10)).isEqualTo(10);
    assertThat(readOns).as("above the low mark").isZero();
    assertThat(poll(10)).isEqualTo(10);
    assertThat(readOns).as("still above").isZero();
    assertThat(poll(10)).isEqualTo(10);
    assertThat(readOns).isEqualTo(1);
    assertThat(bytes.wantsMore()).isTrue();
    assertThat(references()).containsExactly(0, 0, 0);
  }

  @Test
  void onlyAReaderThatWaitsIsWoken() throws IOException {
    add(1, 1);
    assertThat(bytes.takeReader()).isFalse();
    assertThat(poll(5)).isEqualTo(1);
    assertThat(bytes.takeReader()).as("it took something").isFalse();
    assertThat(poll(5)).isZero();
    assertThat(bytes.takeReader()).as("nothing new").isFalse();
    add(1, 1);
    assertThat(bytes.takeReader()).isTrue();
    assertThat(bytes.takeReader()).isFalse();
    assertThat(poll(5)).isEqualTo(1);
    assertThat(poll(5)).isZero();
    bytes.complete();
    assertThat(bytes.takeReader()).isTrue();
  }

  @Test
  void aFailureComesAfterTheBytesBeforeItAndStays() throws IOException {
    add(3, 3);
    bytes.fail(new IOException("first"));
    bytes.fail(new IOException("second"));
    assertThat(poll(5)).isEqualTo(3);
    assertThatThrownBy(() -> poll(5)).isInstanceOf(IOException.class).hasMessage("first");
    assertThatThrownBy(() -> poll(5)).isInstanceOf(IOException.class).hasMessage("first");
    assertThat(references()).containsExactly(0);
  }

  @Test
  void theEndIsNoLongerAFailure() throws IOException {
    bytes.complete();
    bytes.fail(new IOException("closed by the peer"));
    assertThat(poll(5)).isEqualTo(-1);
  }

  @Test
  void closingReleasesWhatIsHereAndWhatComes() throws IOException {
    add(10, 10);
    add(10, 10);
    assertThat(poll(5)).isEqualTo(5);
    assertThat(bytes.close()).isTrue();
    assertThat(bytes.close()).isFalse();
    add(10, 10);
    assertThat(references()).containsExactly(0, 0, 0);
    assertThat(bytes.wantsMore()).isFalse();
    assertThatThrownBy(() -> poll(5)).isInstanceOf(ClosedChannelException.class);
  }

  /** A wake-up that is lost, or a byte, ends this test by its time limit. */
  @Test
  void nothingIsLostBetweenTwoThreads() throws Exception {
    int total = 8_000_000;
    AtomicBoolean woken = new AtomicBoolean();
    AtomicBoolean readOn = new AtomicBoolean(true);
    Thread loop =
        new Thread(
            () -> {
              Random random = new Random(7);
              int added = 0;
              while (added < total) {
                if (readOn.get()) {
                  int size = Math.min(total - added, 1 + random.nextInt(100_000));
                  byte[] part = new byte[size];
                  for (int i = 0; i < size; i++) {
                    part[i] = (byte) ((added + i) % 251);
                  }
                  bytes.add(Unpooled.wrappedBuffer(part), size);
                  added += size;
                  readOn.set(false);
                  if (bytes.wantsMore()) {
                    readOn.set(true);
                  }
                }
                if (bytes.takeReader()) {
                  woken.set(true);
                }
              }
              bytes.complete();
              if (bytes.takeReader()) {
                woken.set(true);
              }
            });
    loop.start();
    ByteBuffer target = ByteBuffer.allocate(33_333);
    int taken = 0;
    int count;
    while ((count = bytes.poll(target.clear(), () -> readOn.set(true))) >= 0) {
      for (int i = 0; i < count; i++) {
        assertThat(target.get(i)).isEqualTo((byte) ((taken + i) % 251));
      }
      taken += count;
      while (count == 0 && !woken.compareAndSet(true, false)) {
        Thread.onSpinWait();
      }
    }
    assertThat(taken).isEqualTo(total);
    loop.join(TimeUnit.SECONDS.toMillis(10));
  }
}
