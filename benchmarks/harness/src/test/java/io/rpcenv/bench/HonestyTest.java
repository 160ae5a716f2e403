// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that loses, alters, doubles or reorders messages is found out. */
class HonestyTest {

  private static final long MILLIS = 1;
  private static final long BRIEFLY = 1_000_000;

  private static long asks(Throughput.Issuer issuer) throws Exception {
    Window window = new Window(8, 50, 1, BRIEFLY);
    return Throughput.drive(issuer, window, System.nanoTime() + MILLIS * 1_000_000);
  }

  private static void answer(Window window, long id, Sample reply) {
    BiConsumer<Sample, Throwable> asker = window.expecting(id);
    asker.accept(reply, null);
  }

  @Test
  void anHonestSystemPasses() throws Exception {
    assertTrue(asks((window, id) -> answer(window, id, Sample.of(id))) > 0);
  }

  @Test
  void aLostAnswerFailsTheRun() {
    Throughput.Issuer loses =
        (window, id) -> {
          if (id != 5) {
            answer(window, id, Sample.of(id));
          }
        };
    assertThrows(TimeoutException.class, () -> asks(loses));
  }

  @Test
  void anAnswerTooManyFailsTheRun() {
    Throughput.Issuer doubles =
        (window, id) -> {
          answer(window, id, Sample.of(id));
          if (id == 5) {
            answer(window, id, Sample.of(id));
          }
        };
    assertThrows(IllegalStateException.class, () -> asks(doubles));
  }

  @Test
  void aWrongAnswerFailsTheRun() {
    Throughput.Issuer swaps = (window, id) -> answer(window, id, Sample.of(id + id % 2));
    assertThrows(IllegalStateException.class, () -> asks(swaps));
    byte[] altered = Sample.of(0).data().clone();
    altered[63]++;
    Throughput.Issuer alters =
        (window, id) -> answer(window, id, new Sample(id, Sample.of(id).text(), altered));
    assertThrows(IllegalStateException.class, () -> asks(alters));
    assertThrows(IllegalStateException.class, () -> asks((window, id) -> answer(window, id, null)));
  }

  @Test
  void aFailureFailsTheRun() {
    Throughput.Issuer fails =
        (window, id) -> window.expecting(id).accept(null, new IllegalStateException("no"));
    assertThrows(IllegalStateException.class, () -> asks(fails));
  }

  @Test
  void noMoreAreOnTheirWayThanTheWindowAllows() {
    Window window = new Window(8, 50, 1, BRIEFLY);
    long[] issued = new long[1];
    assertThrows(
        TimeoutException.class,
        () -> {
          for (; issued[0] < 100; issued[0]++) {
            window.acquire();
          }
        });
    assertEquals(8, issued[0]);
  }

  private static long sends(Sink sink, Throughput.Issuer issuer) throws Exception {
    Window window = new Window(64, 50, 32, BRIEFLY);
    sink.begin(window);
    return Throughput.drive(issuer, window, System.nanoTime() + MILLIS * 1_000_000);
  }

  @Test
  void oneWayMessagesAreCountedAndKeptInOrder() throws Exception {
    Sink sink = new Sink();
    assertTrue(sends(sink, (window, id) -> sink.accept(Sample.of(id))) > 0);
  }

  @Test
  void aOneWayMessageThatIsLostDoubledOrSwappedFailsTheRun() {
    Sink sink = new Sink();
    Throughput.Issuer loses = (window, id) -> deliver(sink, id == 5 ? -1 : id);
    assertThrows(IllegalStateException.class, () -> sends(sink, loses));
    Throughput.Issuer doubles = (window, id) -> deliver(sink, id == 5 ? 4 : id);
    assertThrows(IllegalStateException.class, () -> sends(sink, doubles));
    long[] last = {-1};
    Throughput.Issuer losesTheLast =
        (window, id) -> {
          deliver(sink, last[0]); // one behind, so that the very last never comes
          last[0] = id;
        };
    assertThrows(TimeoutException.class, () -> sends(sink, losesTheLast));
  }

  private static void deliver(Sink sink, long id) {
    if (id >= 0) {
      sink.accept(Sample.of(id));
    }
  }

  /** Answers large asks as {@code answer} says, and reads a file as {@code open} says. */
  private record Cheat(UnaryOperator<Blob> answer, ReadableByteChannel file)
      implements BenchSystem {

    @Override
    public Set<Work> works() {
      return Set.of(Work.LARGE, Work.FILE);
    }

    @Override
    public void ask(Sample message, BiConsumer<? super Sample, ? super Throwable> done) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void askLarge(Blob message, BiConsumer<? super Blob, ? super Throwable> done) {
      done.accept(answer.apply(message), null);
    }

    @Override
    public ReadableByteChannel openFile(Path path) {
      return file;
    }

    @Override
    public void close() {}
  }

  private static void askLarge(UnaryOperator<Blob> answer) throws Exception {
    int[] asked = {0};
    new Large(new Cheat(answer, null), 100, 2).run(() -> asked[0]++ < 10);
  }

  @Test
  void aWrongLargeAnswerFailsTheRun() throws Exception {
    askLarge(blob -> blob);
    assertThrows(IllegalStateException.class, () -> askLarge(HonestyTest::alterLastByte));
    assertThrows(IllegalStateException.class, () -> askLarge(b -> new Blob(0, b.data())));
    assertThrows(
        IllegalStateException.class,
        () -> askLarge(b -> new Blob(b.id(), Arrays.copyOf(b.data(), 99))));
  }

  @Test
  void aLargeAnswerWithAPartOfAnotherFailsTheRun() {
    Blob[] first = {null};
    UnaryOperator<Blob> mixes =
        blob -> {
          first[0] = first[0] == null ? blob : first[0];
          byte[] data = blob.data().clone();
          System.arraycopy(first[0].data(), 0, data, 0, data.length / 2);
          return new Blob(blob.id(), data);
        };
    assertThrows(IllegalStateException.class, () -> askLarge(mixes));
  }

  private static Blob alterLastByte(Blob blob) {
    byte[] data = blob.data().clone();
    data[data.length - 1]++;
    return new Blob(blob.id(), data);
  }

  private static final int FILE_LENGTH = 200_001;

  private static FileRead reading(Path file, byte[] bytes) throws Exception {
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(bytes));
    return new FileRead(new Cheat(blob -> blob, channel), file);
  }

  @Test
  void aFileThatIsWrongTooShortOrTooLongFailsTheRun(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pattern");
    PatternFile.create(file, FILE_LENGTH);
    byte[] right = Files.readAllBytes(file);
    reading(file, right).warmUp(0);
    reading(file, right).run(0);
    byte[] wrong = right.clone();
    wrong[123_457]++;
    assertThrows(IllegalStateException.class, () -> reading(file, wrong).warmUp(0));
    byte[] wrongAtTheEnd = right.clone();
    wrongAtTheEnd[FILE_LENGTH - 1]++;
    assertThrows(IllegalStateException.class, () -> reading(file, wrongAtTheEnd).run(0));
    byte[] shifted = Arrays.copyOfRange(right, 8, FILE_LENGTH);
    assertThrows(IllegalStateException.class, () -> reading(file, shifted).run(0));
    byte[] tooShort = Arrays.copyOf(right, FILE_LENGTH - 1);
    assertThrows(IllegalStateException.class, () -> reading(file, tooShort).run(0));
    byte[] tooLong = Arrays.copyOf(right, FILE_LENGTH + 1);
    assertThrows(IllegalStateException.class, () -> reading(file, tooLong).run(0));
  }
}
