// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.rpcenv.serialization.MessageClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnnouncementsTest {

  private final List<Integer> asked = new ArrayList<>();
  private final Announcements announced = new Announcements(this::named);

  private MessageClass named(int id) {
    asked.add(id);
    return new MessageClass(id, "name of " + id, 5);
  }

  @Test
  void asksForTheNameOfAFixedClassOnce() throws Exception {
    int last = WireFormat.FIRST_CLASS_ID - 1;
    for (int id : new int[] {1, last, 1, last}) {
      assertThat(classOf(id)).isEqualTo(new MessageClass(id, "name of " + id, 5));
    }
    assertThat(asked).containsExactly(1, last);
  }

  private MessageClass classOf(int id) throws ProtocolViolation {
    FieldReader fields = new FieldReader();
    var in = Unpooled.buffer();
    FrameWriter.varint(in, id);
    fields.reset(in, in.writerIndex());
    return announced.messageClass(fields);
  }
}
