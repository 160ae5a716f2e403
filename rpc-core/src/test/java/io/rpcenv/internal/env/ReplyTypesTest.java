// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.RpcRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The class that the reply to a request must have. */
@Timeout(10)
class ReplyTypesTest {

  record Plain() implements RpcRequest<String> {}

  record Listed() implements RpcRequest<List<Integer>> {}

  record Arrays() implements RpcRequest<List<String>[]> {}

  record Nothing() implements RpcRequest<Void> {}

  interface Middle<A, B> extends RpcRequest<Map.Entry<A, B>> {}

  record Indirect() implements Middle<String, Long> {}

  interface Second<A, B> extends RpcRequest<B> {}

  record Picked() implements Comparable<Picked>, Second<String, Long> {
    @Override
    public int compareTo(Picked other) {
      return 0;
    }
  }

  abstract static class Base<T> implements RpcRequest<T> {}

  static class Derived extends Base<Integer> {}

  static final class Further extends Derived {}

  static class Open<T> implements RpcRequest<T> {}

  static class Bounded<T extends Number> implements RpcRequest<T> {}

  static class GenericArray<T extends Number> implements RpcRequest<T[]> {}

  @SuppressWarnings("rawtypes")
  static class Raw implements RpcRequest {}

  static class Shadow<R> extends Base<R> {}

  @Test
  void isWhatTheRequestSays() {
    assertThat(ReplyTypes.of(Plain.class)).isEqualTo(String.class);
    assertThat(ReplyTypes.of(Listed.class)).isEqualTo(List.class);
    assertThat(ReplyTypes.of(Arrays.class)).isEqualTo(List[].class);
    assertThat(ReplyTypes.of(Nothing.class)).isEqualTo(Void.class);
  }

  @Test
  void isFoundThroughSuperTypes() {
    assertThat(ReplyTypes.of(Indirect.class)).isEqualTo(Map.Entry.class);
    assertThat(ReplyTypes.of(Picked.class)).isEqualTo(Long.class);
    assertThat(ReplyTypes.of(Derived.class)).isEqualTo(Integer.class);
    assertThat(ReplyTypes.of(Further.class)).isEqualTo(Integer.class);
  }

  @Test
  void isTheBoundWhereTheRequestLeavesItOpen() {
    assertThat(ReplyTypes.of(Open.class)).isEqualTo(Object.class);
    assertThat(ReplyTypes.of(Bounded.class)).isEqualTo(Number.class);
    assertThat(ReplyTypes.of(GenericArray.class)).isEqualTo(Number[].class);
    assertThat(ReplyTypes.of(Raw.class)).isEqualTo(Object.class);
    assertThat(ReplyTypes.of(Shadow.class)).isEqualTo(Object.class);
  }
}
