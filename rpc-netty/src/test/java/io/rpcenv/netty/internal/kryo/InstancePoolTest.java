// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstancePoolTest {

  private static final int SIZE = 4;

  private final AtomicInteger made = new AtomicInteger();
  private final InstancePool<Integer> pool = new InstancePool<>(3, made::incrementAndGet);

  private List<InstancePool.Place<Integer>> take(int count) {
    return new ArrayList<>(Stream.generate(pool::take).limit(count).toList());
  }

  @Test
  void anInstanceIsOneUsersAtATimeAndStaysForTheNext() {
    InstancePool.Place<Integer> first = pool.take();
    assertThat(pool.take().get()).isEqualTo(2);
    first.giveBack();
    assertThat(pool.take().get()).isEqualTo(1);
    assertThat(made).hasValue(2);
  }

  @Test
  void whereAllPlacesAreTakenInstancesAreMadeForOneUse() {
    List<InstancePool.Place<Integer>> all = take(SIZE + 2);
    assertThat(all).extracting(InstancePool.Place::get).doesNotHaveDuplicates();
    all.forEach(InstancePool.Place::giveBack);
    assertThat(take(SIZE)).allMatch(place -> place.get() <= SIZE);
    assertThat(pool.take().get()).isEqualTo(SIZE + 3);
  }

  @Test
  void aDroppedInstanceIsReplacedInItsPlace() {
    List<InstancePool.Place<Integer>> all = take(SIZE);
    all.get(0).drop();
    assertThatThrownBy(all.get(0)::get).isInstanceOf(IllegalStateException.class);
    assertThat(pool.take().get()).isEqualTo(SIZE + 1);
    assertThat(pool.take().get()).as("no place is left").isEqualTo(SIZE + 2);
  }

  @Test
  void aFactoryThatFailsTakesNoPlaceAway() {
    boolean[] broken = {true};
    InstancePool<String> fragile =
        new InstancePool<>(
            2,
            () -> {
              if (broken[0]) {
                throw new OutOfMemoryError("for once");
              }
              return "made " + made.incrementAndGet();
            });
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(fragile::take).isInstanceOf(OutOfMemoryError.class);
    }
    broken[0] = false;
    InstancePool.Place<String> place = fragile.take();
    place.giveBack();
    assertThat(fragile.take().get()).isEqualTo("made 1");
  }

  @Test
  void clearDropsWhatNobodyUses() {
    List<InstancePool.Place<Integer>> two = take(2);
    two.get(1).giveBack();
    pool.clear();
    assertThat(two.get(0).get()).as("in use").isEqualTo(1);
    assertThat(pool.take().get()).isEqualTo(3);
  }
}
