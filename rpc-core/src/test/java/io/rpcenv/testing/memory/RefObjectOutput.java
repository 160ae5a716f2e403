// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.testing.memory;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.serialization.RefResolver;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** Writes refs as tokens and numbers every class that it meets. */
final class RefObjectOutput extends ObjectOutputStream {

  private final JavaTestSerializer serializer;
  private final RefResolver refs;
  private int highest;

  RefObjectOutput(OutputStream out, JavaTestSerializer serializer, RefResolver refs)
      throws IOException {
    super(out);
    this.serializer = serializer;
    this.refs = refs;
    enableReplaceObject(true);
  }

  int highestClassId() {
    return highest;
  }

  @Override
  protected Object replaceObject(Object object) {
    return object instanceof RpcEndpointRef ref ? RefToken.of(refs.identify(ref)) : object;
  }

  @Override
  protected void annotateClass(Class<?> type) {
    highest = Math.max(highest, serializer.number(type).id());
  }
}
