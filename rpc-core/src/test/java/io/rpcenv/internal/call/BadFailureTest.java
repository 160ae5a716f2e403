// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcenv.DropReason;
import io.rpcenv.RpcException;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.contract.BadFailure;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 6: a failure whose accessors fail is described as far as they work. */
@Timeout(20)
class BadFailureTest {

  private static final ThrowableRebuilder NOTHING =
      new ThrowableRebuilder(name -> false, BadFailureTest.class.getClassLoader());

  @ParameterizedTest
  @EnumSource
  void crosses(BadFailure.Fault fault) {
    Exception thrown = new IllegalStateException("outer", new BadFailure(fault));
    byte[] bytes = FailureCodec.encodeHandlerFailure(thrown);
    RpcException there = FailureCodec.decode(bytes, "peer:1", NOTHING);
    assertThat(there.getMessage()).isEqualTo("java.lang.IllegalStateException: outer");
    RpcRemoteException cause = (RpcRemoteException) there.getCause();
    assertThat(cause.remoteClassName()).isEqualTo(BadFailure.class.getName());
    assertThat(cause.remoteMessage()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void isGivenToALocalAsker(BadFailure.Fault fault) {
    BadFailure thrown = new BadFailure(fault);
    RpcRemoteException there = Rejections.ofHandler(thrown);
    assertThat(there.remoteClassName()).isEqualTo(BadFailure.class.getName());
    assertThat(there.remoteMessage()).isNotNull();
    assertThat(there.remoteStack()).doesNotContainNull();
    assertThat(there.getCause()).isSameAs(thrown);
  }

  @ParameterizedTest
  @EnumSource
  void mayBeWhyAMessageCannotBeDecoded(BadFailure.Fault fault) {
    RpcException there =
        Rejections.of("rpc://e@h:1", DropReason.NOT_DECODABLE, new BadFailure(fault));
    assertThat(there).hasMessageContaining("could not be decoded");
  }
}
